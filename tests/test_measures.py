"""Actions: verbs, objects, actors, targets and status, one real sentence a rule."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from policygraph.graph.statements import Measure, Mention, MentionType, Span
from policygraph.loaders.entities import named_entity
from policygraph.loaders.linking import Linker
from policygraph.loaders.measures.measure_extractor import find_measures
from policygraph.loaders.numbers import find_numbers
from policygraph.loaders.reader import read_string
from policygraph.loaders.report_context import Passage, ReportContext
from policygraph.loaders.structure import outline
from policygraph.loaders.words.verbs import lexicon

Names = Sequence[tuple[str, MentionType, str]]


def read(sentence: str, names: Names = (), *, planned: bool = False) -> list[Measure]:
    text = f"2022年湖北省工作总结\n\n{sentence}\n"
    structure = outline(text)
    setting = ReportContext(None, "2022", 2022, "", (Passage(0, len(text), "2022", planned),))
    mentions = []
    for words, kind, name in names:
        at = text.index(words, structure.body_start)
        entity = named_entity(kind, name, setting)
        mentions.append(Mention(Span(at, at + len(words), words), entity, "test"))
    numbers = find_numbers(text, structure.body_start)
    return find_measures(text, structure, setting, mentions, numbers, Linker(mentions, setting))


def actors(measure: Measure) -> list[str]:
    return [actor.name for actor in measure.actors]


def told(sentence: str, names: Names = ()) -> list[tuple[str, str]]:
    return [(m.action, m.object.text) for m in read(sentence, names)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("新建美丽乡村569个,总数达3000个。", [("新建", "美丽乡村")]),
        ("尚未完成整改的校舍3处。", []),
        ("新建医院项目已完成竣工验收。", [("完成", "竣工验收")]),
        ("建议提案全部办理完毕。", [("办理完毕", "建议提案")]),
        ("能源、交通建设成绩显著。", []),
        ("健全入职、入住、入学等保障机制。", [("健全", "入职、入住、入学等保障机制")]),
        ("连续第四年获评“十强县”。", [("获评", "“十强县”")]),
        ("融水县如期脱贫摘帽。", [("脱贫摘帽", "融水县")]),
        ("据初步测算，生产总值617亿元。", []),
        ("经济运行总体平稳，工业运行稳中有进。", []),
        ("面对疫情散发多发、历史极值干旱等超预期考验。", []),
        ("违章建筑得到有效治理。", []),
        ("联合财政、卫健等部门出台救助供养办法。", [("出台", "救助供养办法")]),
        ("小水电全部清退。", [("清退", "小水电")]),
        ("体育公园对外开放。", [("对外开放", "体育公园")]),
        ("提出上述目标的主要考虑是：", []),
        ("元创未来开工。", [("开工", "元创未来")]),
        ("压缩审批时限。", [("压缩", "审批时限")]),
        ("转化科技成果。", [("转化", "科技成果")]),
        ("与高校共建实验室。", [("共建", "实验室")]),
        ("联合公安部门打击非法采砂行为。", [("打击", "非法采砂行为")]),
        ("违规采砂行为被彻底禁止。", [("禁止", "违规采砂行为")]),
        ("提出审计建议并被采纳。", [("提出", "审计建议")]),
        (
            "张贴标语，出具报告。",
            [("张贴", "标语"), ("出具", "报告")],
        ),
        ("没有发生重大森林火灾。", []),
        ("罚没金额5870万元。", []),
        ("比2015年提高0.6和2.1个百分点。", []),
        ("分别比2015年提高0.6和2.1个百分点。", []),
        ("按照省委要求开展专项整治。", [("开展", "专项整治")]),
        ("争取中央资金12亿元。", [("争取", "中央资金")]),
        ("移送司法机关线索23件。", [("移送", "线索")]),
        ("设立总规模100亿元的科创母基金。", [("设立", "科创母基金")]),
        ("接待过夜游客882万人次。", [("接待", "过夜游客")]),
        ("审计厅组织开展交叉审计。", [("组织开展", "交叉审计")]),
        ("新建、改扩建中小学和幼儿园8427所。", [("新建、改扩建", "中小学和幼儿园")]),
        ("健全落实防返贫动态监测和帮扶机制。", [("健全落实", "防返贫动态监测和帮扶机制")]),
        ("陇电入浙工程开工建设。", [("开工建设", "陇电入浙工程")]),
        ("吴淞江整治加快实施。", [("实施", "吴淞江整治")]),
        ("户厕改造2.4万座。", [("改造", "户厕")]),
        ("改造燃气管道1159公里、供水管道244公里。", [("改造", "燃气管道、供水管道")]),
        (
            "发放社会救助资金118.7亿元、惠及310万人。",
            [("发放", "社会救助资金"), ("惠及", "")],
        ),
        ("推广高产优质品种3874万亩、增长23.5%。", [("推广", "高产优质品种")]),
        ("选取10个县开展试点。", [("开展", "试点")]),
        ("投入49亿元实施79个农村饮水提标升级项目。", [("实施", "农村饮水提标升级项目")]),
        ("打造一批超百亿、超千亿产业链。", [("打造", "超百亿、超千亿产业链")]),
        ("两次下达专项资金3亿元。", [("下达", "专项资金")]),
        ("用好和释放政策效能。", [("用好和释放", "政策效能")]),
        ("研发中心、地区总部分别新认定6家和3家。", [("新认定", "研发中心、地区总部")]),
        ("政府投资支持污染防治项目61个。", [("投资支持", "污染防治项目")]),
        ("一批重大工程相继建成或顺利推进。", [("建成", "重大工程")]),
        ("查处违法行为1300余起。", [("查处", "违法行为")]),
        ("出动官兵3万余人次参加抗洪抢险。", [("出动", "官兵")]),
        ("总投资3亿元的保健院迁建项目主体完工。", [("完工", "保健院迁建项目主体")]),
        ("选派33名业务骨干到三甲医院进修。", [("选派", "业务骨干")]),
        ("五年共建成保障性住房18万套。", [("建成", "保障性住房")]),
        ("安排专项资金改造校舍42所。", [("改造", "校舍")]),
        ("下达资金5亿元支持企业技术改造。", [("下达", "资金")]),
        ("筹集资金3亿元用于公路建设。", [("筹集", "资金")]),
        ("提请省人大常委会审议法规草案6件。", [("提请", "法规草案")]),
        ("为企业减税26亿元。", [("减税", "")]),
        ("经省政府批准，开展改革试点。", [("开展", "改革试点")]),
        ("收回存量资金2亿元。", [("收回", "存量资金")]),
        ("扶持三至五千户贫困户。", [("扶持", "贫困户")]),
        ("将管理权限下放至乡镇。", [("下放", "管理权限")]),
    ],
)
def test_a_measure_has_its_verb_and_object(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "全省脱贫人口人均纯收入达到14705元,较上年增长14%。",
        "签约省外项目到位资金年均增长26.4%。",
        "其中省级48.97亿元。",
        "居全国首位。",
        "中央财政用于农业的支出1905亿元。",
        "人才高地建设成效显著。",
        "省政府组成部门由40个减少到29个。",
    ],
)
def test_states_are_no_measures(sentence: str) -> None:
    assert told(sentence) == []


def test_figures_leave_a_list_of_objects() -> None:
    names: Names = [("全省", "Area", "湖北省")]
    sentence = "全省选派驻村第一书记1.77万人、驻村工作队1.2万支、驻村干部4.26万人。"
    (measure,) = read(sentence, names)
    assert measure.object.text == "驻村第一书记、驻村工作队、驻村干部"
    assert actors(measure) == ["湖北省"]
    assert measure.span.quote == sentence[:-1]


def test_actor_carries_to_later_clauses_but_not_over_a_full_stop() -> None:
    names: Names = [("省市县", "Group", "省市县")]
    measures = read("省市县成立工作专班,建立情况报告制度。出台《方案》。", names)
    assert [actors(m) for m in measures] == [["省市县"], ["省市县"], []]


def test_every_actor_of_a_list_acts() -> None:
    names: Names = [
        ("省直有关部门", "Group", "省直有关部门"),
        ("咸宁市", "Area", "咸宁市"),
        ("通城县", "Area", "通城县"),
    ]
    first, second = read("省直有关部门和咸宁市、通城县出台支持政策、加大投入力度。", names)
    assert actors(first) == actors(second) == ["省直有关部门", "咸宁市", "通城县"]
    assert (first.action, first.object.text) == ("出台", "支持政策")
    assert (second.action, second.object.text) == ("加大", "投入力度")
    assert [place.name for place in first.places] == ["咸宁市", "通城县"]


def test_the_subject_goes_on_over_coordinated_clauses() -> None:
    names: Names = [("5721家民营企业", "Group", "民营企业")]
    first, second = read("5721家民营企业结对帮扶4451个行政村,投资项目3669个。", names)
    assert (first.action, first.object.text) == ("结对帮扶", "行政村")
    assert (second.action, second.object.text, actors(second)) == ("投资", "项目", ["民营企业"])


def test_disposal_object_stands_before_the_verb() -> None:
    (measure,) = read("将2146名符合条件的防返贫监测对象纳入社会救助范围。")
    assert measure.action == "纳入"
    assert measure.object.text == "符合条件的防返贫监测对象"
    assert measure.target.text == "社会救助范围"
    assert measure.status == "done"


def test_what_stands_after_a_preposition_is_the_target() -> None:
    (measure,) = read("为全省469个共同缔造试点村安排衔接资金项目742个。")
    assert (measure.action, measure.object.text) == ("安排", "衔接资金项目")
    assert measure.target.text == "全省共同缔造试点村"


def test_lead_in_belongs_to_the_next_clause() -> None:
    (measure,) = read("针对国家考核评估反馈问题,制定针对性整改措施。")
    assert measure.span.quote == "针对国家考核评估反馈问题,制定针对性整改措施"
    assert measure.target.text == "国家考核评估反馈问题"


def test_elided_object_is_filled_from_the_sentence() -> None:
    first, second = read("全年计划实施财政衔接资金项目2.1万个,已全部开工建设。")
    assert (first.status, second.status) == ("planned", "done")
    assert second.object.text == first.object.text == "财政衔接资金项目"


def test_passage_that_looks_ahead_is_planned() -> None:
    (measure,) = read("建设高标准农田300万亩。", planned=True)
    assert measure.status == "planned"


def test_missing_full_stop_before_a_new_subject() -> None:
    names: Names = [("28个国定脱贫县", "Group", "国定脱贫县")]
    first, second = read("继续开展涉农资金整合试点28个国定脱贫县整合资金129.85亿元。", names)
    assert first.object.text == "涉农资金整合试点"
    assert (second.action, second.object.text, actors(second)) == ("整合", "资金", ["国定脱贫县"])


def test_selected_body_is_the_actor() -> None:
    (measure,) = read("防城港获批建设国家试验区。", [("防城港", "Area", "防城港市")])
    assert (actors(measure), measure.action) == (["防城港市"], "获批建设")
    assert [place.name for place in measure.places] == ["防城港市"]


def test_lexicon_is_large_and_every_verb_is_ours() -> None:
    words = lexicon()
    assert len(words.verbs) > 800
    assert all(verb.act for verb in words.verbs.values())


def test_any_text_is_read() -> None:
    chance = random.Random(7)
    letters = "将对为在、，。；：“”《》（）()1万亿年建设出台的了等全省\n\t　a😀\ud800" + "".join(
        lexicon().verbs
    )
    for _ in range(300):
        read("".join(chance.choices(letters, k=chance.randint(0, 120))))


@pytest.mark.parametrize("piece", ["建设", "建设、", "新建公路5公里、"])
def test_a_clause_without_end_is_left_out(piece: str) -> None:
    assert read(piece * 60_000) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "培育龙头企业32家、合作社860家。",
        "全年林业、种植业、养殖业增加值分别为3.2亿元、12.6亿元、8.1亿元。",
        "在省委的坚强领导和国家民政部的关心指导下，",
        "困难学生资助方面，",
        "主办单位：省体育局。",
        "农村特困人员集中供养标准为每人每年9600元。",
        "森林覆盖率比上年提高0.3个百分点。",
        "治理能力现代化仍需加强。",
        "集中供养率24.5%。",
        "消费成为经济增长的一大亮点。",
        "规范管理率76.5%，监督覆盖率95.3%。",
        "比1990年增加203亿公斤。",
        "比一九七八年前的二十六年平均每年增加四十九亿元。",
        "固定资产投资增幅回落到18.8%。",
        "年度计划投资650亿元。",
        "固定资产投资8.5亿元。",
        "比“十三五”末提高1.8个百分点。",
        "三次产业结构调整为13.4:33.2:53.4。",
        "户均投入3500元，每人补助3000元。",
        "主要支出科目完成情况：",
        "实际使用外资160.6亿美元。",
    ],
)
def test_what_only_looks_like_a_verb_tells_no_action(sentence: str) -> None:
    assert [act for act in told(sentence) if act[0] != "培育"] == []


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        ("发放慰问金35万元。", [("发放", "慰问金")]),
        ("五年整治河道152.6公里。", [("整治", "河道")]),
        (
            "输转劳务人员3.2万人次，召回不合格干部12名。",
            [("输转", "劳务人员"), ("召回", "不合格干部")],
        ),
        ("全力备战第十五届全国运动会。", [("备战", "第十五届全国运动会")]),
        ("加力扩围开展家电以旧换新。", [("开展", "家电以旧换新")]),
        ("老旧小区改造开工742个、完工548个。", [("改造开工", "老旧小区"), ("完工", "老旧小区")]),
        ("新建学校3所，改扩建12所。", [("新建", "学校"), ("改扩建", "学校")]),
        ("招聘教师236人（研究生41人、本科生195人）。", [("招聘", "教师")]),
        ("通过“一卡通”发放补偿金8万元。", [("发放", "补偿金")]),
        ("利用闲置校舍建设养老服务站3所。", [("建设", "养老服务站")]),
        ("春节期间走访慰问驻军7家。", [("走访慰问", "驻军")]),
        ("鼓励企业引进人才30名。", [("引进", "人才")]),
        ("易地扶贫搬迁开工安置房312套。", [("开工", "安置房")]),
        ("完成造林3万亩，为市下达任务的112%。", [("完成", "造林")]),
        ("教育精准资助学生3342人次。", [("资助", "学生")]),
        ("警务视频破案贡献率超60%。", []),
        ("农业保险改革持续推进。", [("推进", "农业保险改革")]),
        ("发放补贴3万元。", [("发放", "补贴")]),
        ("加快建设都市型现代农业园区。", [("建设", "都市型现代农业园区")]),
        ("覆盖二级以上医院97%的门诊量。", [("覆盖", "二级以上医院的门诊量")]),
        ("受理投诉案件56件，办结48件。", [("受理", "投诉案件"), ("办结", "投诉案件")]),
        ("为消费者挽回损失86万元。", [("挽回", "损失")]),
        ("高质量发展仍面临困难，绿色发展是必由之路，建成平台3个。", [("建成", "平台")]),
        ("全市完成水利投资12.6亿元。", [("完成", "水利投资")]),
        ("力争12月15日前完成竣工验收。", [("完成", "竣工验收")]),
        ("审定挂牌督办问题整改方案。", [("审定", "挂牌督办问题整改方案")]),
        ("解决突出困难，提出明确要求。", [("解决", "突出困难"), ("提出", "明确要求")]),
        ("出台优化营商环境若干措施。", [("出台", "优化营商环境若干措施")]),
        ("制定实施三年行动方案。", [("制定实施", "三年行动方案")]),
        ("健全保持制造业合理比重投入机制。", [("健全", "保持制造业合理比重投入机制")]),
        ("优化审批流程，健全完善工作机制。", [("优化", "审批流程"), ("健全完善", "工作机制")]),
        (
            "完善开发区评价体系，出台配套措施12项。",
            [("完善", "开发区评价体系"), ("出台", "配套措施")],
        ),
        ("对农业工作作出重要指示。", [("作出", "重要指示")]),
    ],
)
def test_a_predicate_is_found_by_its_place(sentence: str, acts: list[tuple[str, str]]) -> None:
    assert told(sentence) == acts


def test_a_verb_of_no_vocabulary_is_found_between_adverb_and_object() -> None:
    assert "培优" not in lexicon().verbs
    (act,) = read("成功培优中小企业56家。")
    assert (act.action, act.object.text, act.rule) == ("培优", "中小企业", "action/by-place")
    assert told("累计用电量35亿千瓦时。") == told("基本医疗参保率98%。") == []


def test_people_who_are_served_do_not_act() -> None:
    (act,) = read("51万灵活就业人员纳入职业伤害保障。", [("灵活就业人员", "Group", "灵活就业人员")])
    assert (actors(act), act.object.text, act.target.text) == ([], "灵活就业人员", "职业伤害保障")


def test_a_heading_of_targets_tells_no_action() -> None:
    assert told("今年发展主要预期目标：生产总值增长6%。") == []


def test_those_for_whom_something_is_done_do_not_act() -> None:
    country: Names = [("全国", "Area", "中国")]
    (act,) = read("山区扶贫做法为全国作出了示范。", country)
    assert (actors(act), act.target.text) == ([], "全国")
    (act,) = read("相关经验向全国推广。", country)
    assert (act.object.text, act.target.text) == ("相关经验", "全国")


def test_who_organises_acts_with_those_who_are_organised() -> None:
    office = ("省农业农村厅", "Organization", "山东省农业农村厅")
    (act,) = read("省农业农村厅组织26个县开展协作。", [office, ("26个县", "Group", "县")])
    assert (actors(act), act.action, act.object.text) == (
        ["山东省农业农村厅", "县"],
        "开展",
        "协作",
    )


def test_the_area_whose_state_is_told_acts_in_what_follows() -> None:
    county: Names = [("沂水县", "Area", "沂水县")]
    (act,) = read("沂水县产业帮扶力度得到加强，完成验收销号。", county)
    assert (actors(act), act.action) == (["沂水县"], "完成")


def test_a_sum_given_again_is_of_what_was_given_before() -> None:
    first, second = read("向沂水县拨付衔接资金1.2亿元，向蒙阴县拨付8600万元。")
    assert first.object.text == second.object.text == "衔接资金"
    assert second.target.text == "蒙阴县"


def test_who_stands_after_by_or_together_with_acts() -> None:
    office = ("市水利局", "Organization", "济南市水利局")
    bureau = ("市财政局", "Organization", "济南市财政局")
    (act,) = read("防洪规划由市水利局牵头编制。", [office])
    assert (actors(act), act.action, act.object.text) == (["济南市水利局"], "编制", "防洪规划")
    (act,) = read("市水利局会同市财政局印发办法。", [office, bureau])
    assert actors(act) == ["济南市水利局", "济南市财政局"]


def test_who_acts_within_a_clause_does_not_go_on_to_the_next() -> None:
    sentence = "提请市人大常委会审议法规草案3件，制定规章2件。"
    last = read(sentence, [("市人大常委会", "Organization", "济南市人大常委会")])[-1]
    assert (last.action, actors(last)) == ("制定", [])


def test_who_drafts_acts() -> None:
    report = read_string("2013年国务院政府工作报告\n\n国务院制定行政法规11部。\n")
    assert [actors(measure) for measure in report.measures] == [["国务院"]]


def test_who_leads_under_what_circumstances_does_not_act() -> None:
    sentence = "市水利局在张三局长的带领下，新建水库3座。"
    names: Names = [("市水利局", "Organization", "济南市水利局"), ("张三", "Person", "张三")]
    (act,) = read(sentence, names)
    assert (actors(act), act.action) == (["济南市水利局"], "新建")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("县水利局前往安吉县学习河长制经验。", ("学习", "河长制经验", ["宜川县水利局"])),
        ("县水利局在延安市举办培训班3期。", ("举办", "培训班", ["宜川县水利局"])),
        ("县水利局赴延安市调研。", ("调研", "延安市", ["宜川县水利局"])),
        ("组织党员干部赴延安市开展主题教育。", ("开展", "主题教育", ["党员干部"])),
        ("组织赴延安市、安吉县开展招商活动18场。", ("开展", "招商活动", [])),
        ("县水利局组织赴延安市开展培训。", ("开展", "培训", ["宜川县水利局"])),
        ("深入延安市检查防汛工作。", ("检查", "防汛工作", [])),
    ],
)
def test_where_somebody_goes_does_not_act_and_what_is_done_there_is_told(
    sentence: str, expected: tuple[str, str, list[str]]
) -> None:
    known: Names = [
        ("县水利局", "Organization", "宜川县水利局"),
        ("安吉县", "Area", "安吉县"),
        ("延安市", "Area", "延安市"),
        ("党员干部", "Group", "党员干部"),
    ]
    (act,) = read(sentence, [name for name in known if name[0] in sentence])
    assert (act.action, act.object.text, actors(act)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "县农业农村局、县水利局配合，开展河道清理。",
        "县农业农村局、县水利局积极配合开展河道清理。",
        "县农业农村局和县水利局联合开展河道清理。",
    ],
)
def test_all_of_a_list_act(sentence: str) -> None:
    names: Names = [
        (f"县{name}", "Organization", f"宜川县{name}") for name in ("农业农村局", "水利局")
    ]
    act = read(sentence, names)[-1]
    assert (act.action, act.object.text) == ("开展", "河道清理")
    assert actors(act) == ["宜川县农业农村局", "宜川县水利局"]


def test_what_is_done_after_an_approval_is_the_action() -> None:
    government: Names = [("县政府", "Organization", "宜川县人民政府")]
    drafted, issued = read("拟定水资源管理办法，报县政府审定后印发。", government)
    assert (issued.action, issued.object.text, actors(issued)) == ("印发", "水资源管理办法", [])
    assert drafted.object.text == "水资源管理办法"
    assert told("立案查处水事违法案件12起。") == [("立案查处", "水事违法案件")]


def test_bodies_that_act_on_what_stands_after_dui_are_the_actors() -> None:
    names = [
        ("市应急局", "Organization", "鄂州市应急管理局"),
        ("市水利局", "Organization", "鄂州市水利局"),
    ]
    [measure] = read("由市应急局会同市水利局对83处隐患点逐一核查。", names)
    assert (actors(measure), measure.action) == (["鄂州市应急管理局", "鄂州市水利局"], "核查")
    assert measure.object.text == "隐患点"


def test_who_praised_or_named_does_not_act_in_what_follows() -> None:
    names = [("省水利厅", "Organization", "湖北省水利厅"), ("水利部", "Organization", "水利部")]
    [held, named, drew] = read("省水利厅召开会议，被水利部评为先进单位，制定方案。", names)
    assert [actors(m) for m in (held, named, drew)] == [["湖北省水利厅"]] * 3
    names = [("国务院", "Organization", "国务院")]
    assert read("洞庭湖整治受到国务院通报表扬。", names) == []


def test_who_leads_and_who_is_joined_act_and_an_area_within_one_does_not() -> None:
    names: Names = [
        ("县民政局", "Organization", "宜川县民政局"),
        ("县住建局", "Organization", "宜川县住房和城乡建设局"),
    ]
    done = read("由县民政局牵头，县住建局配合，完成养老机构改造3家。", names)[-1]
    assert actors(done) == ["宜川县民政局", "宜川县住房和城乡建设局"]
    (held,) = read("联合县民政局开展老年人体检。", names[:1])
    assert (actors(held), held.action) == (["宜川县民政局"], "开展")
    places: Names = [("红安县", "Area", "红安县"), ("七里坪镇", "Area", "七里坪镇")]
    (sent,) = read("到红安县七里坪镇开展帮扶活动。", places)
    assert (actors(sent), sent.object.text) == ([], "帮扶活动")


def test_a_plan_goes_on_where_the_next_clause_begins_with_a_place() -> None:
    report = read_string(
        "湖北省2024年工作总结\n\n省商务厅将安排资金3亿元，在全省布局建设20个试点。\n"
    )
    assert [m.status for m in report.measures] == ["planned", "planned"]


def test_a_group_named_by_what_it_does_acts_by_the_verb_after_it() -> None:
    for sentence, team, action, thing in (
        ("帮扶干部走访农户3.1万户。", "帮扶干部", "走访", "农户"),
        ("组织8个调研组走访企业160家。", "8个调研组", "走访", "企业"),
    ):
        (found,) = read(sentence, [(team, "Group", team)])
        assert (found.action, found.object.text, actors(found)) == (action, thing, [team])


@pytest.mark.parametrize(
    "sentence",
    [
        "落实道路管护、管护经费2000万元。",
        "安排防疫、检查经费50万元。",
        "保障巡查、评估经费60万元。",
        "投入养护、救助经费300万元。",
    ],
)
def test_a_verb_that_only_says_what_money_is_spent_on_is_no_second_action(sentence: str) -> None:
    found = read_string(sentence, area="河南省", period="2023").measures
    assert [measure.action for measure in found] == [sentence[:2]]


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        ("每村配备≥1名村医。", "村医"),
        ("设置床位≥100张。", "床位"),
        ("抓好64个预增产值过10亿元的项目。", "项目"),
        ("培育2334个产值过2000万元的企业。", "企业"),
    ],
)
def test_the_words_of_a_bound_are_no_part_of_an_object(sentence: str, thing: str) -> None:
    (measure,) = read_string(sentence, area="河南省", period="2023").measures
    assert measure.object.text == thing


def acts_of(sentence: str, area: str = "罗田县") -> list[tuple[list[str], str, str]]:
    """Actors, verb and object of every measure of a sentence in the report of a county."""
    document = read_string(sentence, area=area, period="2023")
    return [(actors(m), m.action, m.object.text) for m in document.measures]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "县教育局会同县财政局，年内招聘教师500名。",
            (["罗田县教育局", "罗田县财政局"], "招聘", "教师"),
        ),
        ("（1）由县水利局负责，新建泵站2座。", (["罗田县水利局"], "新建", "泵站")),
        (
            "县水利局牵头、县财政局配合，改造泵站2座。",
            (["罗田县水利局", "罗田县财政局"], "改造", "泵站"),
        ),
        ("县水利局要会同县气象局做好监测。", (["罗田县水利局", "罗田县气象局"], "做好", "监测")),
        ("县公安局与县司法局联合开展检查3次。", (["罗田县公安局", "罗田县司法局"], "开展", "检查")),
        ("县水利局将配合县住建局完成登记30宗。", (["罗田县水利局"], "完成", "登记")),
        ("安徽交控集团投资2亿元建设滨湖配套道路。", (["安徽交控集团"], "建设", "滨湖配套道路")),
        ("匡河镇建设高标准农田5000亩。", (["匡河镇"], "建设", "高标准农田")),
        ("帮扶单位县水利局协调资金28万元。", (["罗田县水利局"], "协调", "资金")),
        ("县委组织部副部长马文俊讲党课3次。", (["马文俊"], "讲", "党课")),
        ("县总工会开展巡河4次。", (["罗田县总工会"], "开展", "巡河")),
        ("镇党委书记林志坚到匡河镇调研指导。", (["林志坚"], "调研指导", "匡河镇")),
    ],
)
def test_who_acts_in_a_county_and_what_is_done(
    sentence: str, expected: tuple[list[str], str, str]
) -> None:
    assert acts_of(sentence)[-1] == expected


def test_a_sum_with_its_noun_before_a_verb_keeps_both() -> None:
    assert acts_of("下达资金5亿元支持企业技术改造。")[0][1:] == ("下达", "资金")


def test_a_verb_that_holds_its_object_takes_none_from_before() -> None:
    assert acts_of("硬化通组路7.3公里；改厕312户。")[-1] == ([], "改厕", "")
