import { mount } from 'svelte'

import App from '../App.svelte'
import { useTransport } from '../lib/api'
import '../styles/base.css'
import { fromScripts } from './files'
import { fromSite } from './transport'

const target = document.getElementById('page')
if (target === null) throw new Error('the page has no place to be in')

useTransport(fromSite(fromScripts('data')))

export default mount(App, { target })
