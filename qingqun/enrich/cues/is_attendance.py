"""讲的是参加会议、培训、值班。"""

from qingqun.enrich.labels.label import Cue, Label

LABEL = Label(
    meaning="讲的是参加会议、培训、值班",
    gate=r"参|席|会|训|接种|班|观看|领",
    cues=(Cue("出人到场", 1.0, (r"参加|参会|出席|列席|到会|培训|接种|值班|观看|领取|领一|限领|集合|演练",), (r"到课|捐|认购|征订|献血",)),),
)
