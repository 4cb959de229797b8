import { mount } from 'svelte'

import App from './App.svelte'
import './styles/base.css'

const target = document.getElementById('page')
if (target === null) throw new Error('the page has no place to be in')

export default mount(App, { target })
