import os
import subprocess
import sys

import click
import pytest

import onrecord
from onrecord.cli.app import COMMANDS, group


def test_the_version_is_printed(call):
    result = call("--version")
    assert (result.code, result.out, result.err) == (
        0,
        f"onrecord {onrecord.__version__}\n",
        "",
    )


def test_an_unknown_command_is_wrong_use(call):
    result = call("foo")
    assert result.code == 2
    assert "No such command 'foo'" in result.err
    assert result.out == ""


def test_help_lists_every_command(call):
    result = call("--help")
    assert result.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in result.out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_ends_with_an_example(name, call):
    result = call(name, "--help")
    assert result.code == 0
    last = result.out.rstrip().splitlines()[-1]
    assert f"onrecord {name}" in last or "onrecord" in last
    assert "Example:" in result.out


def test_a_missing_record_is_said_in_one_line(call, tmp_path):
    result = call("events", tmp_path / "none")
    assert result.code == 1
    assert result.out == ""
    assert len(result.err.splitlines()) == 1
    assert "there is no such record" in result.err


def test_debug_shows_the_traceback(tmp_path):
    with pytest.raises(onrecord.OnRecordError):
        onrecord_main("events", str(tmp_path / "none"), "--debug")


def onrecord_main(*args):
    from onrecord.cli import main

    main(list(args))


def test_an_interrupt_leaves_with_130(call, monkeypatch):
    def interrupt(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(group, "main", interrupt)
    result = call("doctor")
    assert (result.code, result.err) == (
        130,
        "onrecord: interrupted; run again to go on\n",
    )


def test_a_reader_that_has_enough_is_no_error(record):
    script = "import sys; from onrecord.cli import main; main(sys.argv[1:])"
    sql = "SELECT * FROM range(200000)"
    with subprocess.Popen(
        [sys.executable, "-c", script, "query", str(record), sql, "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_every_command_is_importable_as_named():
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        assert command.name == name


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        ("import onrecord", {"click", "rich", "pyarrow", "numpy", "duckdb"}),
        (
            "from onrecord.cli import app; import onrecord.cli.run",
            {"rich", "pyarrow", "numpy", "duckdb", "onnxruntime", "deltalake"},
        ),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_used(code, heavy):
    script = f"import sys; {code}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert not heavy & set(done.stdout.split())
