"""Every channel's platform, and what each calls the same thing."""

from collections.abc import Mapping
from typing import Any

from fakes import FakeHttp, FakeSmtp
from fakes_http import FakePlatform
from fakes_office import FakeDinggov, FakeDingtalk, FakeFeishu, FakeLanxin, FakeWecom, FakeWecomPrivate
from fakes_open import FakeAliyun, FakeMatrix, FakeNtfy, FakeTencent

from qingqun.hub.deliver.channels import CHANNELS
from qingqun.hub.deliver.ringing import Channel, Message, Outcome, Ringing

SPOKEN: Mapping[str, type[FakePlatform]] = {
    fake.CHANNEL: fake
    for fake in (
        FakeWecom, FakeWecomPrivate, FakeDingtalk, FakeDinggov, FakeFeishu, FakeLanxin, FakeAliyun, FakeTencent, FakeNtfy, FakeMatrix,
    )
}  # fmt: skip
EVERY: Mapping[str, type[FakePlatform | FakeSmtp | FakeHttp]] = {"smtp": FakeSmtp, "webhook": FakeHttp, **SPOKEN}
TOKENED = ("wecom", "wecom_private", "dingtalk", "feishu", "lanxin", "matrix")
ASKED = ("dingtalk", "feishu", "sms_aliyun", "sms_tencent")
RINGING: dict[str, Any] = {
    "delivery": 7,
    "title": "报送统计表",
    "summary": "请于周五前报送。",
    "unit": "和平街道",
    "link": "https://hub.example/go/x",
}
_REFUSE = {"webhook": "refuse_inside"}
_LATER = {"webhook": "500"}


class Platform:
    """A channel with a fake of its platform; `said` sends to each address and returns the outcomes."""

    def __init__(self, name: str, fake: Any) -> None:
        self.channel: Channel = CHANNELS[name]
        self.fake, self.name, self.count = fake, name, 0
        self.refuse, self.later = _REFUSE.get(name, "refuse"), _LATER.get(name, "later")

    def address(self, who: str) -> str:
        if isinstance(self.fake, FakePlatform):
            return self.fake.address(who)
        return f"{who}@office.example" if isinstance(self.fake, FakeSmtp) else f"{self.fake.url}/{who}"

    def is_of(self, address: str, who: str) -> bool:
        """Tell whether the platform was asked for this person."""
        return address == self.address(who) or address.endswith(f"/{who}")

    def said(self, *people: str, **changed: Any) -> list[Outcome]:
        sent = self.channel.send(self.messages(*people), {**self.fake.credentials, **changed})
        return [outcome for _attempt, outcome in sorted(sent, key=lambda one: one[0])]  # side by side, they end in any order

    def messages(self, *people: str, **changed: Any) -> list[Message]:
        """Return messages, each a ring of its own."""
        made = []
        for who in people:
            own = {**RINGING, "link": f"{RINGING['link']}{self.count}", **changed}
            ringing = Ringing(self.count, mark=f"{self.count:028x}", address=self.address(who), **own)
            made.append(self.channel.render(ringing, self.fake.credentials))
            self.count += 1
        return made
