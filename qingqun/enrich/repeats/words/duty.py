"""That something is to be done: 需, 要, 须, 应, 必须. A notice is an order anyhow, so these may come and go.

They carry no fact by themselves: what is allowed only (可以), forbidden (不得) or waived (不必) is said with other words, which stay.
Each is a regular expression; what stands around keeps 要求, 重要, 需求, 应急, 反应 and the like whole.
"""

DUTY = (
    r"(?<!不)(?<!不是)(?:必须|务须|必需|需要|需得|须得|应当|应该|理应)(?![的求])(?!联系|咨询|拨打|致电)",
    r"(?<![不无按急所供必只])(?:需|须)(?![求知氧量])(?!联系|咨询|拨打|致电)",
    r"(?<![不只主重首摘概扼纪还险次机紧简提想需快就正])要(?![求点闻素害件么是道紧领旨案务塞不])(?!联系|咨询|拨打|致电)",
    r"(?<![不反响供相适对感效因顺呼答照])应(?![急届用付对变聘邀答酬有约允考季该])",
)
