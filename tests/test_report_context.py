"""Whose report it is and of when: titles, chapters, spans of years, clauses that look ahead."""

from __future__ import annotations

import pytest

from policygraph.graph.statements import Document
from policygraph.graph.writer import nquads
from policygraph.loaders.reader import read_string
from policygraph.loaders.words.time import read_time
from policygraph.ontology.register import Register


def told(document: Document, quote: str) -> tuple[str, bool]:
    """The period of the figure with these words, and whether it is planned."""
    figure = next(f for f in document.figures if f.span.quote == quote)
    return figure.period, "planned" in figure.qualifier


JOINED = (
    "{title}\n\n一、{review}\n全县投入资金1.25亿元，建成学校36所。\n二、{plan}\n投入资金1.5亿元。\n"
)


@pytest.mark.parametrize(
    ("title", "done", "planned"),
    [
        ("麻栗坡县教育局2023年工作总结和2024年工作安排", "2023", "2024"),
        ("麻栗坡县教育局2023年工作总结暨2024年工作要点", "2023", "2024"),
        ("麻栗坡县2023年国民经济和社会发展计划执行情况与2024年计划草案的报告", "2023", "2024"),
        ("麻栗坡县2023年预算执行情况和2024年预算草案的报告", "2023", "2024"),
        (
            "麻栗坡县教育局2023年上半年工作总结及下半年工作计划",
            "2023-01-01/2023-06-30",
            "2023-07-01/2023-12-31",
        ),
        ("麻栗坡县教育局2023年工作总结", "2023", "2024"),
    ],
)
def test_a_title_that_joins_review_and_plan_plans_only_its_plan(
    title: str, done: str, planned: str
) -> None:
    document = read_string(JOINED.format(title=title, review="工作开展情况", plan="下一步工作打算"))
    assert told(document, "1.25亿元") == (done, False)
    assert told(document, "1.5亿元") == (planned, True)
    assert [(m.status, m.period) for m in document.measures if m.action == "建成"] == [
        ("done", done)
    ]


def test_a_plan_carried_out_is_no_plan() -> None:
    document = read_string("麻栗坡县2023年工作计划完成情况\n\n全县投入资金1.25亿元。")
    assert told(document, "1.25亿元") == ("2023", False)
    plan = read_string("麻栗坡县2024年工作计划\n\n全县投入资金1.25亿元。")
    assert told(plan, "1.25亿元") == ("2024", True)


def test_main_work_is_done_where_a_later_chapter_plans() -> None:
    text = "麻栗坡县教育局2023年工作总结\n\n一、基本情况\n全县学校36所。\n二、主要工作\n新建学校12所。\n三、下步打算\n新建学校15所。"
    document = read_string(text)
    assert told(document, "12所") == ("2023", False)
    assert told(document, "15所") == ("2024", True)


def test_five_years_are_the_period_of_what_grew_and_a_level_is_of_the_last() -> None:
    text = (
        "2026年贵州省政府工作报告\n\n这五年，经济实力跃上新台阶。全省工业增加值年均增长7%，"
        "新建学校320所，高速公路总里程达到9100公里。\n2025年，新建学校51所。"
    )
    document = read_string(text)
    assert told(document, "7%") == ("2021/2025", False)
    assert told(document, "320所") == ("2021/2025", False)
    assert told(document, "9100公里") == ("2025", False)
    assert told(document, "51所") == ("2025", False)


def test_a_plan_of_the_last_five_years_is_a_period() -> None:
    text = "2021年贵州省政府工作报告\n\n“十三五”期间，全省新建学校320所。"
    assert told(read_string(text), "320所") == ("2016/2020", False)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("去年", "2022"),
        ("上年末", "2022"),
        ("上半年", "2023-01-01/2023-06-30"),
        ("四季度", "2023-10-01/2023-12-31"),
        ("前三季度", "2023-01-01/2023-09-30"),
        ("2022年10月至2023年9月", "2022-10-01/2023-09-30"),
        ("2021年至2025年", "2021/2025"),
        ("从二〇一九年到二〇二二年的四年内", "2019/2022"),
        ("11月", "2023-11"),
        ("8月底前", "2023-08"),
        ("12月15日前", "2023-12-15"),
        ("年底", "2023-12"),
        ("去年上半年", "2022-01-01/2022-06-30"),
        ("比上年", ""),
        ("较去年同期", ""),
        ("比2020年", ""),
        ("过去年均", ""),
        ("3个月", ""),
    ],
)
def test_words_of_time_mean_a_period(words: str, period: str) -> None:
    assert read_time(words, 2023) == period


def test_from_one_year_to_another_is_a_period_of_both() -> None:
    text = "麻栗坡县2023年工作总结\n\n城镇化率从2020年的45.6%提高到2023年的52.3%。"
    document = read_string(text)
    assert told(document, "45.6%")[0] == "2020"
    assert told(document, "52.3%")[0] == "2023"


@pytest.mark.parametrize(
    ("title", "heading", "period"),
    [
        ("1994年政府工作报告", "一、1993年工作的回顾和1994年工作的基本方针", "1993"),
        ("2026年湖北省政府工作报告", "一、2025年和“十四五”时期工作回顾", "2025"),
        ("2026年湖北省政府工作报告", "一、“十四五”时期工作回顾", "2021/2025"),
    ],
)
def test_a_heading_that_looks_back_is_of_the_time_it_reviews(
    title: str, heading: str, period: str
) -> None:
    document = read_string(f"{title}\n{heading}\n新建学校320所。\n")
    assert told(document, "320所")[0] == period


def test_the_year_before_is_counted_from_when_the_report_speaks() -> None:
    speech = "2025年贵州省政府工作报告\n\n一、2024年工作回顾\n去年，全省新建学校320所。上年末全省学校9000所。"
    document = read_string(speech)
    assert told(document, "320所")[0] == "2024"
    assert told(document, "9000所")[0] == "2023"


def test_a_government_report_that_tells_its_own_year_as_done_reviews_it() -> None:
    title = "咸宁市2023年政府工作报告\n"
    text = title + "\n2023年，全市生产总值增长5.3%。新建学校5所。\n2024年计划新建学校6所。\n"
    document = read_string(text)
    assert document.period == "2023"
    assert [f.period for f in document.figures] == ["2023", "2023", "2024"]
    given = title + "（2023年1月5日）\n" + text.partition("\n\n")[2]
    assert read_string(given).period == "2022"
    assert read_string(text.replace("2024年计划", "2024年曾")).period == "2022"


def test_what_is_to_be_done_goes_on_over_commas_till_something_is_done() -> None:
    text = (
        "麻栗坡县2023年工作总结\n\n2024年将投入资金1.5亿元，新建道路150公里。"
        "计划改造学校12所，已完成8所。下一步，县政府要投入资金2.5亿元。全年新建学校3所。"
    )
    document = read_string(text)
    assert told(document, "1.5亿元") == ("2024", True)
    assert told(document, "150公里") == ("2024", True)
    assert told(document, "12所")[1]
    assert not told(document, "8所")[1]
    assert told(document, "2.5亿元")[1]
    assert told(document, "3所") == ("2023", False)
    statuses = {m.object.text: m.status for m in document.measures}
    assert statuses["道路"] == "planned"


def test_taking_something_is_not_looking_ahead() -> None:
    text = "麻栗坡县2023年工作总结\n\n将审批权限下放至12个乡镇，新建学校3所。"
    document = read_string(text)
    assert not any("planned" in figure.qualifier for figure in document.figures)


def test_a_measure_has_the_time_its_clause_says() -> None:
    text = "麻栗坡县2023年工作总结\n\n2021年至2022年，县政府新建学校12所。8月，县政府出台《教育条例》。"
    periods = {m.action: m.period for m in read_string(text).measures}
    assert periods == {"新建": "2021/2022", "出台": "2023-08"}


@pytest.mark.parametrize(
    ("text", "area", "source"),
    [
        ("政府工作报告\n新华社北京3月12日电\n\n一年来，我国新建学校320所。", "中国", "body"),
        ("1991年政府工作报告\n\n全国工业总产值增长7.6%。", "中国", "body"),
        ("工作总结\n来源：北京日报\n\n我县新建学校3所。", "", ""),
        ("随县洪山镇2023年工作总结\n\n全镇新建学校3所。", "洪山镇", "title"),
        ("洪山镇2023年工作总结\n发布机构：随县洪山镇人民政府\n\n新建学校3所。", "洪山镇", "title"),
        ("随县2023年工作总结\n\n新建学校3所。", "随县", "title"),
        (
            "政府工作报告\n——2011年1月12日在曹县第十六届人民代表大会第四次会议上\n曹县人民政府县长 李振国\n\n各位代表：\n新建学校3所。",
            "曹县",
            "header",
        ),
        ("2010年曹县农业局工作总结\n\n新建学校3所。", "曹县", "title"),
        ("关于印发《礼县2019年工作总结》的通知\n\n新建学校3所。", "礼县", "title"),
        ("县委常委会2019年工作报告\n\n礼县县委带领全县人民新建学校3所。", "礼县", "body"),
        ("雄安新区2023年工作总结\n\n新区新建学校3所，容城县新建学校1所。", "雄安新区", "title"),
        ("红安县城乡居民养老保险中心2023年工作总结\n\n新建学校3所。", "红安县", "title"),
    ],
)
def test_the_area_of_a_report_is_found_where_it_is_said(text: str, area: str, source: str) -> None:
    document = read_string(text)
    assert document.area == area
    assert (document.area_choice.source if document.area_choice else "") == source
    assert document.figures[0].scope.text == area


@pytest.mark.parametrize(
    "text",
    [
        "xx县2023年工作总结\n\n在党中央、国务院坚强领导下，全县新建学校3所。",
        "**市2023年工作总结\n\n全市新建学校3所。",
        "湖北省某县教育局2023年工作总结\n\n新建学校3所。",
        "2023年工作总结\n\n在北京市支持下，全县新建学校3所。",
    ],
)
def test_an_area_that_is_not_certain_stays_open_and_is_said(text: str) -> None:
    document = read_string(text)
    assert document.area == "" and document.area_code == ""
    assert [f.code for f in document.findings if f.code == "area-open"] == ["area-open"]


@pytest.mark.parametrize(
    ("given", "code", "name"),
    [
        ("湖北省红安县", "421122", "红安县"),
        ("北京市通州区", "110112", "通州区"),
        ("Wuhan", "420100", "武汉市"),
        ("320612", "320612", "通州区"),
        ("红安县七里坪镇", "421122101", "七里坪镇"),
    ],
)
def test_the_area_may_be_given_by_its_names_from_above_or_its_code(
    given: str, code: str, name: str
) -> None:
    document = read_string("2022年工作总结\n\n新建学校3所。", area=given)
    assert (document.area, document.area_code) == (name, code)
    assert [figure.scope.text for figure in document.figures] == [name]


def test_the_county_of_a_town_is_known_where_its_city_is_named() -> None:
    told = read_string("练市镇2019年工作总结\n\n对标湖州，在全区率先新建学校3所。")
    open_ = read_string("练市镇2019年工作总结\n\n在全区率先新建学校3所。")
    assert [m.name for m in told.mentions if m.span.quote == "全区"] == ["南浔区"]
    assert [m.name for m in open_.mentions if m.span.quote == "全区"] == []


def test_a_province_s_own_short_name_is_no_county() -> None:
    document = read_string("黑龙江省2024年工作总结\n\n2024年，龙江大地新建学校320所。")
    assert [m.name for m in document.mentions if m.span.quote == "龙江"] == ["黑龙江省"]


def test_the_whole_town_is_the_town() -> None:
    document = read_string("随县洪山镇2023年工作总结\n\n全镇新建学校3所。")
    assert [(m.span.quote, m.name) for m in document.mentions] == [("全镇", "洪山镇")]


def test_a_town_is_one_thing_in_its_own_report_and_in_that_of_its_county() -> None:
    own = read_string("随县洪山镇2023年工作总结\n\n洪山镇新建学校3所，全镇投入资金5亿元。")
    county = read_string("随县2023年工作总结\n\n洪山镇建成项目3个。")
    assert own.home is not None and own.home.area is not None
    assert own.home.code == "421321114"
    above = Register.load().ancestors(own.home.area)[0]
    assert (above.name, above.code) == ("随县", "421321")
    assert {mention.entity for mention in (*own.mentions, *county.mentions)} == {own.home}
    lines = [line.split()[:3] for line in nquads(own).splitlines()]
    within = {(a, c) for a, b, c in lines if b.endswith("ontology#within>")}
    town = {c for _, b, c in lines if b.endswith("ontology#area>")}
    assert len(town) == 1
    assert any(below in town and above.endswith("421321>") for below, above in within)
    assert not [c for a, b, c in lines if a in town and b.endswith("#altLabel>")]


# -- the lines under the title, the parts after the end -----------------------------------------


@pytest.mark.parametrize(
    ("lines", "speaker", "post"),
    [
        (
            "——2025年1月10日在麻栗坡县第十七届人民代表大会第四次会议上\n县长 王　磊",
            "王磊",
            "麻栗坡县县长",
        ),
        (
            "2025年1月10日在麻栗坡县第十七届人民代表大会第四次会议上麻栗坡县人民政府代县长李晓明作政府工作报告",
            "李晓明",
            "麻栗坡县代县长",
        ),
        (
            "——2025年1月10日李晓明县长在麻栗坡县十七届人民代表大会第四次会议上的报告",
            "李晓明",
            "麻栗坡县县长",
        ),
        (
            "——二〇二五年一月十日在县十七届人大四次会议上\n代理县长 李晓明",
            "李晓明",
            "麻栗坡县代理县长",
        ),
    ],
)
def test_the_speaker_of_a_report_and_the_post_are_found(
    lines: str, speaker: str, post: str
) -> None:
    text = f"麻栗坡县2025年政府工作报告\n{lines}\n各位代表：\n一、2024年工作回顾\n新建学校3所。"
    document = read_string(text)
    header = document.header
    assert (header.speaker, header.post) == (speaker, post)
    assert header.delivered == header.issued == "2025-01-10"
    assert header.congress == "麻栗坡县第十七届人民代表大会第四次会议"
    assert header.delivery
    assert all(text[s.start : s.end] == s.quote for s in header.delivery)


@pytest.mark.parametrize(
    "notes",
    [
        "名词解释\n1.“三色学校”：指全县120所示范学校。\n2.“一网”：指2项办法。",
        "附件：政府工作报告名词解释\n1.“三色学校”：指全县120所示范学校。",
        "注释：\n[1]“三色学校”：指全县120所示范学校。\n[2]“一网”：指2项办法。",
        "[1]“三色学校”：指全县120所示范学校。\n[2]“一网”：指2项办法。",
    ],
)
def test_notes_after_the_report_state_no_figures(notes: str) -> None:
    text = (
        "麻栗坡县2023年工作总结\n\n一、主要成效\n全县新建学校3所，改造学校5所，投入资金1.2亿元。"
        f"\n二、下一步打算\n新建学校15所。\n{notes}"
    )
    document = read_string(text)
    assert [f.span.quote for f in document.figures] == ["3所", "5所", "1.2亿元", "15所"]
    start = text.index(notes)
    numbers = [e for e in document.exclusions if e.span.start >= start]
    assert "120" in "".join(e.span.quote for e in numbers)
    assert {e.reason for e in numbers} == {"note"}
    assert not [m for m in document.measures if m.span.start >= start]
    assert document.sections[-1].span_start == start
    assert document.sections[-1].level == 1


def test_what_is_told_as_a_difficulty_is_no_measure() -> None:
    text = (
        "麻栗坡县2024年政府工作报告\n\n一、2023年工作回顾\n全县新建学校3所。固定资产投资增速不及预期。"
        "\n我们也清醒认识到，发展还面临不少困难和挑战：有效需求不足，产业基础薄弱。"
        "对这些问题，我们将采取有力措施加以解决。\n二、存在的问题\n一是项目进展不平衡，开工较晚；"
        "二是帮扶车间规模偏小。\n三、2024年工作安排\n解决就业压力较大问题。"
    )
    document = read_string(text)
    assert [d.span.quote for d in document.difficulties] == [
        "固定资产投资增速不及预期",
        "有效需求不足",
        "产业基础薄弱",
        "项目进展不平衡，开工较晚",
        "帮扶车间规模偏小",
    ]
    assert {d.period for d in document.difficulties} == {"2023"}
    spans = [(d.span.start, d.span.end) for d in document.difficulties]
    assert not [m for m in document.measures if any(a <= m.span.start < b for a, b in spans)]


@pytest.mark.parametrize(
    ("text", "title", "issuer", "issued", "number"),
    [
        (
            "枝江市农业农村局\n2022年工作总结\n枝农文〔2022〕68号\n市政府：\n全市粮食总产量达到45万吨。"
            "\n枝江市农业农村局\n2022年12月15日",
            *("2022年工作总结", "枝江市农业农村局", "2022-12-15", "枝农文〔2022〕68号"),
        ),
        (
            "枝江市水利局文件\n关于报送2022年工作总结的报告\n（二〇二二年十二月五日）\n全市新建水库2座。",
            *("关于报送2022年工作总结的报告", "枝江市水利局", "2022-12-05", ""),
        ),
        (
            "索引号：0001/2022-00123  发文机关：应城市民政局  成文日期：2022年12月1日\n标题：民政工作总结"
            "\n全市低保对象1.2万人。",
            *("民政工作总结", "应城市民政局", "2022-12-01", ""),
        ),
        (
            "龙王镇2023年上半年工作总结\n上半年，全镇新建道路2公里。\n中共龙王镇委员会 龙王镇人民政府 2023年7月3日",
            *("龙王镇2023年上半年工作总结", "龙王镇人民政府", "2023-07-03", ""),
        ),
        (
            "龙王镇2023年工作总结\n全镇新建道路2公里，完成于\n2023年7月3日",
            *("龙王镇2023年工作总结", "", "2023-07-03", ""),
        ),
    ],
)
def test_who_signed_a_report_when_and_under_which_number(
    text: str, title: str, issuer: str, issued: str, number: str
) -> None:
    header = read_string(text).header
    told = (header.title, header.issuer, header.issued, header.document_number)
    assert told == (title, issuer, issued, number)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("存在的主要问题是部分项目进度偏慢。", ["部分项目进度偏慢"]),
        ("还存在一些问题，主要表现在：一是管网不足，二是人才缺乏。", ["管网不足", "人才缺乏"]),
        ("但也存在不少困难和问题：产业链条短、带动弱。", ["产业链条短、带动弱"]),
        ("主要存在以下几个方面的问题。1.队伍年龄大。2.设备陈旧。", ["队伍年龄大", "设备陈旧"]),
        ("与上级要求相比还有差距，主要是项目储备不足。", ["项目储备不足"]),
        ("不足之处在于宣传手段少。", ["宣传手段少"]),
        ("问题主要集中在两个方面：人才流失严重，设施欠账较多。", ["人才流失严重", "设施欠账较多"]),
        ("反映出部分单位责任落实不到位的问题。", ["反映出部分单位责任落实不到位的问题"]),
    ],
)
def test_what_is_announced_as_a_problem_is_a_difficulty(sentence: str, told: list[str]) -> None:
    document = read_string(f"麻栗坡县2023年工作总结\n\n一、主要工作\n全县新建学校3所。{sentence}")
    assert [d.span.quote for d in document.difficulties] == told
    assert [measure.span.quote for measure in document.measures] == ["全县新建学校3所"]


@pytest.mark.parametrize(
    "sentence",
    [
        "针对存在的主要问题：一是开展专项整治；二是建立台账。",
        "解决了群众反映的突出问题：修通道路12公里。",
        "坚持问题导向，主要是抓好产业发展。",
        "面临挑战是常态，短板是补出来的。",
        "着力破解仍然突出的融资困难。",
        "帮助较困难群众128户。",
        "工作成绩较为突出。",
        "有效应对仍然较大的下行压力。",
    ],
)
def test_what_is_done_about_a_difficulty_is_none(sentence: str) -> None:
    document = read_string(f"麻栗坡县2023年工作总结\n\n一、主要成效\n{sentence}")
    assert document.difficulties == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "红安县2023年工作总结\n\n七里坪镇投入资金300万元，在高桥镇新建道路5公里。",
            ["七里坪镇", "高桥镇"],
        ),
        ("湖北省2024年工作总结\n\n黄梅县小池镇建成项目3个。", ["黄梅县", "小池镇"]),
        ("随县2024年工作总结\n\n洪山镇建成项目3个。", ["洪山镇"]),
        ("红安县2024年工作总结\n\n全县乡镇建成项目3个，示范镇新建道路5公里。", ["红安县"]),
    ],
)
def test_towns_are_areas_and_no_namesake_county(text: str, names: list[str]) -> None:
    document = read_string(text)
    assert [m.name for m in document.mentions if m.type == "Area"] == names


@pytest.mark.parametrize(
    ("title", "rest", "actor"),
    [
        ("湖南省2024年政府工作报告", "", "湖南省人民政府"),
        (
            "政府工作报告",
            "——2025年3月5日在第十四届全国人民代表大会第三次会议上\n国务院总理 李强\n",
            "国务院",
        ),
        ("湖南省2024年工作总结", "", ""),
    ],
)
def test_who_acts_where_nobody_is_named_is_the_government_in_its_own_report(
    title: str, rest: str, actor: str
) -> None:
    document = read_string(f"{title}\n{rest}\n新建学校5所。\n")
    assert (document.implied_actor.name if document.implied_actor else "") == actor
    assert all(not measure.actors for measure in document.measures)


def test_who_issued_a_summary_acts_where_nobody_is_named() -> None:
    document = read_string("湖南省2024年工作总结\n\n新建学校5所。", issuer="湖南省教育厅")
    assert document.implied_actor is not None
    assert document.implied_actor.name == "湖南省教育厅"


def test_a_numbered_item_with_figures_is_a_sentence_and_no_heading() -> None:
    document = read_string(
        "安远县水利局2022年工作总结和2023年工作计划\n\n一、2022年工作\n（一）供水。建成水厂3座。\n"
        "二、2023年工作计划\n（一）计划投资3.2亿元，实施水利项目14项。\n（二）新建水库2座。\n"
    )
    headings = [section.heading.quote for section in document.sections]
    assert headings == ["一、2022年工作", "（一）供水", "二、2023年工作计划"]
    acts = [(m.action, m.object.text, m.status) for m in document.measures]
    assert acts[1:] == [
        ("投资", "", "planned"),
        ("实施", "水利项目", "planned"),
        ("新建", "水库", "planned"),
    ]


@pytest.mark.parametrize(
    ("head", "title", "period"),
    [
        # A title that was set wide reads as it is meant.
        ("安远县\n政 府 工 作 报 告\n——2022年1月10日在安远县第十九届人民代表大会第一次会议上\n",
         "政府工作报告", "2021"),
        ("2021 年 工 作 总 结\n\n安远县民政局\n", "2021年工作总结", "2021"),
        ("关于2021年工作总结及2022年工作计划的\n报    告\n",
         "关于2021年工作总结及2022年工作计划的报告", "2021"),
        # What is put before a congress reviews the year before.
        ("安远县人民法院工作报告\n——2022年1月8日在安远县第十八届人民代表大会第一次会议上\n",
         "安远县人民法院工作报告", "2021"),
        ("安远县人民法院2021年工作报告\n——2022年1月8日在安远县第十八届人民代表大会上\n",
         "安远县人民法院2021年工作报告", "2021"),
    ],
)  # fmt: skip
def test_heads_of_reports(head: str, title: str, period: str) -> None:
    document = read_string(head + "\n各位代表：\n一、主要工作\n去年审结案件6832件。\n")
    assert (document.header.title, document.period) == (title, period)
    if "代表大会" in head:
        assert [figure.period for figure in document.figures] == ["2021"]


def test_the_time_of_one_clause_ends_at_a_semicolon() -> None:
    document = read_string(
        "安远县2020年工作总结\n\n大桥预计2021年6月建成通车；国道累计完成投资1.56亿元。\n"
    )
    assert [(m.action, m.period) for m in document.measures] == [
        ("建成通车", "2021-06"),
        ("完成", "2020"),
    ]


def test_a_year_to_come_at_the_head_of_a_sentence_is_planned() -> None:
    document = read_string(
        "安远县2022年工作总结\n\n2023年，计划为1500名残疾人提供服务，新增就业120人，完成改造300户。\n"
    )
    assert {(f.period, "planned" in f.qualifier) for f in document.figures} == {("2023", True)}
    assert [(m.action, m.status) for m in document.measures] == [
        ("提供", "planned"),
        ("完成", "planned"),
    ]


def test_numbered_sentences_of_a_list_are_no_headings() -> None:
    document = read_string(
        "安远县2022年工作总结\n\n一、工作思路\n（一）完成国道主体工程，动工建设县道。\n"
        "（二）新建水库，改造渠道。\n二、其他工作\n（一）加强监管。\n开展检查3次。\n"
    )
    headings = [section.heading.quote for section in document.sections]
    assert headings == ["一、工作思路", "二、其他工作", "（一）加强监管"]


def test_a_county_of_two_characters_is_read_after_its_province() -> None:
    document = read_string("江苏省沛县安国镇2019年工作总结\n\n县委组织部表彰先进。")
    assert [m.name for m in document.mentions] == ["中共沛县委员会组织部"]


NAMESAKE = "青山区卫生健康局2020年工作总结\n\n{}全区投入财政资金1.35亿元新建区疾控中心。\n"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("武汉市卫生健康委员会来我区调研。", "420107"),
        ("我区位于内蒙古自治区包头市。", "150204"),
        ("", None),
        ("武汉市青山区与包头市结对。", "420107"),
    ],
)
def test_which_of_several_areas_of_a_name_is_told_by_what_lies_above_or_stays_open(
    said: str, code: str | None
) -> None:
    report = read_string(NAMESAKE.format(said))
    assert report.home is not None
    assert report.home.name == "青山区"
    assert (report.home.area.code if report.home.area else None) == code
    assert [f.code for f in report.findings if f.code == "area-open"] == ["area-open"][
        code is not None :
    ]


@pytest.mark.parametrize(
    ("heading", "planned"),
    [
        ("二、今后五年安排", True),
        ("二、未来三年工作", True),
        ("二、今后一个时期的工作", True),
        ("二、下步打算", True),
        ("二、后续安排", True),
        ("今后五年工作安排", True),
        ("二、面向未来，产业升级", False),
        ("二、民生工作", False),
    ],
)
def test_a_chapter_of_the_time_to_come_is_planned_without_any_year(
    heading: str, planned: bool
) -> None:
    text = f"红旗镇人民政府工作报告\n一、工作成效\n修渠30公里。\n{heading}\n修渠50公里。"
    first, last = read_string(text, area="河南省").figures[:2]
    assert "planned" not in first.qualifier
    assert ("planned" in last.qualifier) is planned
