from datetime import UTC, datetime

import pytest

from qingqun import demo
from qingqun.demo.office import Office, World, imagine
from qingqun.intake import Grant, Loaded, load


@pytest.fixture(scope="session")
def world() -> World:
    return imagine()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return demo.generate(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def grant() -> Grant:
    return Grant(by="张主任", purpose="演示", basis="虚构数据", at=datetime(2026, 9, 21, tzinfo=UTC))


@pytest.fixture(scope="session")
def loaded(office: Office, grant: Grant) -> Loaded:
    return load(office.exports, grant, office.stated)
