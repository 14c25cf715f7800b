"""The commands at the keyboard: Django is loaded by the hub's alone, and a refusal is one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NOBODY = 65534
AUDIT = """
import sys
from qingqun.cli import main
sys.argv = ["qingqun", *{arguments}]
try:
    main()
finally:
    sys.stderr.write("loaded: " + " ".join(name for name in sys.modules if name.split(".")[0] in {{"django", "allauth", "granian", "playwright"}}))
"""
CHAT = """消息记录（此消息记录为文本格式，不支持重新导入）

================================================================
消息分组:我的QQ群
================================================================
消息对象:街道工作群
================================================================

2026-03-11 22:10:00 张主任(10000001)
请各村明早八点前报送统计表，收到请回复。
"""


def _python(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("QINGQUN_", "DJANGO_"))}
    return subprocess.run([sys.executable, *arguments], env=plain | more, capture_output=True, encoding="utf-8", check=False)


def test_an_audit_never_loads_django(tmp_path: Path) -> None:
    chat = tmp_path / "群.txt"
    chat.write_text(CHAT, encoding="utf-8")
    who = ["--by", "张主任", "--purpose", "自查", "--basis", "区委文件", "--out", str(tmp_path / "report")]
    done = _python("-c", AUDIT.format(arguments=["audit", str(chat), *who]))
    assert (tmp_path / "report" / "report.html").exists()
    assert done.stderr.endswith("loaded: ")


def test_a_hub_is_made_examined_copied_and_brought_back(tmp_path: Path) -> None:
    def run(*arguments: str, data: str = "hub") -> subprocess.CompletedProcess[str]:
        return _python("-c", "from qingqun.cli import main; main()", *arguments, "--data", str(tmp_path / data))

    key = str(tmp_path / "backup.key")
    assert "qingqun init" in run("doctor").stderr
    assert run("init", "--unit", "和平街道", "--name", "张主任").returncode == 0
    assert run("account", "li", "--name", "小李", "--unit", "和平街道").returncode == 0
    assert "可写 author" in run("account", "ji", "--name", "老纪", "--unit", "东社区", "--right", "boss").stderr
    assert run("backup", "--out", str(tmp_path / "copies"), "--key", key).returncode == 0
    (copy,) = (tmp_path / "copies").iterdir()
    back = run("restore", str(copy), "--key", key, data="elsewhere")
    assert (back.returncode, back.stderr) == (0, "")
    assert "全部有去向" in run("reconcile", data="elsewhere").stdout
    assert run("restore", str(copy), "--key", key, data="elsewhere").returncode == 2


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root could leave what others cannot open")
@pytest.mark.parametrize(("owner", "named"), [(NOBODY, "nobody"), (54321, "#54321")])
def test_root_leaves_nothing_that_the_hubs_own_user_cannot_open(tmp_path: Path, owner: int, named: str) -> None:
    os.chown(tmp_path, owner, owner)
    done = _python(
        "-c", "from qingqun.cli import main; main()", "init", "--unit", "和平街道", "--name", "张主任", QINGQUN_DATA=str(tmp_path)
    )
    assert done.returncode == 2
    assert f"runuser -u {named} " in done.stderr
    assert list(tmp_path.iterdir()) == []
