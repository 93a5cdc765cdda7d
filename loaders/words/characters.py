"""Closed classes of single characters: particles, joints, numerals, levels of areas.

They are the grammar of the language and of its numerals, no vocabulary; words stand in
ontology/vocabularies. Each is a string of characters, to be put into the brackets of a pattern.
"""

from __future__ import annotations

HAN = "[\u4e00-\u9fff]"
JOINTS = "和与及"
LISTED = "、" + JOINTS
# After these no new subject begins.
JOINING = "、和与及或的在对为向将把等由从给让使以是有（(“《"
DISPOSING = ("将", "把")
# 对, 把 and the like are prepositions even where a longer verb begins with them.
LEADING_PREPOSITIONS = "把对与同从由"
LOCATIVE = "在"
EACH_MARK = "各"  # 古田县、寿宁县|各|5000万元
BEFORE_YEAR = "至到在于、及和"  # 11月至|次年3月
# Between the clauses of a sentence; no heading and no line of a table holds one.
CLAUSE_MARKS = "，；"
COLONS = ("：", ":")
AFTERWARDS = "后"  # 审定|后|印发
NOUN_LAST = "率额量费"  # 将|参保率|提高: what makes the verb before it a noun
SYSTEM = "制"  # 河湖长|制
# 由省民政厅牵头制定: who acts stands after it.
AGENT = "由"
# The joints between adjoining verbs, and what shows that a verb is an attribute.
VERB_JOINTS = "、和及并或"
# 这|341件纠纷: what points at those that are counted and names nothing.
DEMONSTRATIVES = "这该此那"
ATTRIBUTIVE = "的总"
# Characters that complete the verb before them or stand for a noun by themselves: 完成|了, 深入|人|心.
COMPLEMENTS = "了着过到至为成出好完起入上开满定准予其之他它来去超近约逾达共均各占计"

# No predicate of two characters holds one of these.
NO_VERB = "的是有在不和与及或等各每该本其这那全省市县区州乡镇村我为以于从由对向将把被让使第个一二三四五六七八九十百千万亿年月日上下中内外前后级性率额量者员户费金业类型化"

# After these an object begins, with a time of its own: 获|2023年…奖, 为|2022年….
BEFORE_OBJECT = "获对把为"

# -- numerals ---------------------------------------------------------------------------------

DIGITS = "0-9０-９"
# The digits by their value: the place of each is what it means.
NINE = "零一二三四五六七八九"
HAN_DIGITS = "零〇一二两三四五六七八九十百千"
HAN_NUMERALS = HAN_DIGITS + "万亿"
ORDINALS = "一二三四五六七八九十"
DIGIT_VALUES = {c: n for n, c in enumerate(NINE)} | {"两": 2, "〇": 0}
SCALES = "百千万亿"
TENS_IN_FULL = {"廿": "二十", "卅": "三十", "卌": "四十"}
# Multipliers and counting words in traditional characters, and the same in simplified ones.
TRADITIONAL_SCALES = "萬億"
TRADITIONAL_UNITS = "圓噸畝戶個張條輛項處間顆隊場臺點"
TRADITIONAL_POINTS = "百分點"
SIMPLIFIED = str.maketrans(
    TRADITIONAL_SCALES + TRADITIONAL_UNITS, "万亿元吨亩户个张条辆项处间颗队场台点"
)
LOOSE = "多余几"
# A numeral that ends so counts what follows: 两|千万.
BEFORE_SCALE = ORDINALS + LOOSE + "百千万亿两零"
# Multipliers of Arabic digits, the longest first, and what they multiply by as a power of ten.
POWERS = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "万": 4,
    "千": 3,
    "百": 2,
    "十": 1,
}
# After a number these make it part of a name: 三级, 二期, 百强.
GRADES = "级期强"
# Scales that 多, 余 and 几 stand before: 十多|万亿元.
AFTER_LOOSE = ("万亿", "千万", "百万", "万", "亿")
# Scales in the cells of tables.
IN_CELLS = ("万亿", "千万", "百万", "亿", "万", "千", "百")
# Scales that stand without digits: 突破千亿元.
BARE_SCALES = ("万亿", "千亿", "百亿", "十亿", "千万", "百万")
MEDALS = "金银铜"
FRACTION_MARK = "分之"
POINT = "点"
# Digits after the point of a Chinese numeral: 十一|点八.
HAN_PLACES = "〇零一二三四五六七八九"
# Numerals as on a cheque, by the plain ones; those without 伍, 陆 and 拾 begin no other word.
FORMAL_NUMERALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
FORMAL_ONLY = "壹贰叁肆柒捌玖佰仟"
PLUS = "+＋"
# 数十 and 几十 say about how many, not which.
VAGUE = "数几"
# 新就业人|数|七百九十三万人: the number of these, and not several.
TOTALLED = "人户总次件个只头台指"
MINUS = "-－—–负"

# The characters of the calendar that lists count by.
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"

# -- text gone wrong --------------------------------------------------------------------------

# U+FFFD read as GBK (锟斤拷), uninitialised memory (烫烫烫, 屯屯屯).
REPLACED = "锟斤拷?|斤拷"
UNINITIALISED = "烫烫烫+|屯屯屯+"
# The characters that any Chinese text has many of, simplified and traditional.
COMMON = (
    "的一是在和年为人中大国发全展工市县万元省政民有上个月业建新增长会区农村经济社生产项目实施推进完成达"
    "為國發縣萬業產會區農經濟實進個長與報達設資務億增員辦動"
)

# -- areas and names --------------------------------------------------------------------------

# 省 points at a province, 区 also at an autonomous region, 市 also at a municipality.
AREA_LEVELS = ("自治区", "自治州", "自治县", "省", "市", "县", "区", "州", "旗", "盟")
# What the names of provinces end with, where no municipality is meant.
PROVINCE_LEVELS = ("省", "自治区")
# The levels that no other word of two or three characters before it ends with.
NAMED_LEVELS = ("自治区", "自治州", "自治县", "省", "市", "县", "盟")
# What the name of a county or a city of two characters ends with: 随县, 沙市.
COUNTY_LEVELS = ("县", "市", "区", "旗")
OWN_LEVELS = "省市县区州旗盟"
TOWN_LEVELS = "镇乡村"
FAR_LEVELS = "州盟"  # what ends the short names of prefectures that are no other words: 博州, 锡盟
POINTING = "全我"
# 健|全国资监管, 安|全区域: 全 ends another word.
ENDING_IN_WHOLE = "健安完齐周保"
# 北京市场, 中心城区域, 武汉市级: the last character of an area's name begins another word.
TORN = {
    "市": "场民容政值级",
    "区": "域间块位级",
    "省": "会级",
    "县": "域级风",
    "州": "级",
    "队": "伍",
    "主": "业要",
}
# 县级医院, 市属集团, 区域中心: after these the level owns nothing.
NOT_OWNING = "级属直内外域城区里"
# After these a new name begins: 由县水利局, 向县财政局.
BEFORE_OWNER = LISTED + "由在对向为将把给到从经同等的受被获赴"
# What is built or laid out ends so, and no firm: 二期, 青藏铁路, 创新实验室.
NO_FIRM = "期室路线站港桥园区库馆址城山河湖江岛省市县镇村乡会部局委办院所校"
# Between the two ends of a road: 院背村至东谷村.
REACHED = "至到"
# Before the short name of a city elsewhere: 赴深圳, 与合肥.
REACHING = "赴到往与从至、和"
# After the name of a town: 七里坪镇|和永佳河镇, 洪山镇|的, 府河镇|共投入.
AFTER_TOWN = LISTED + ORDINALS + "两等的在共均将已获入被党政有为受遭"
# 村|务, 村|民, 村|级: what makes another word with 村 before a body of the village.
AFTER_VILLAGE = "务民委级"
# After an aside in brackets no short name of an institution begins.
CLOSING_BRACKETS = "）)"
# What no name of an institution holds.
NEVER_IN_INSTITUTION = "的了是被将把等在"
# Nouns that end so share no last word with the next: 二期, 三个试点, 林城镇.
NEVER_SHARING = "区期程点目动划案镇乡村县市省等个"
# 大河, 新华, 小米 begin names; other characters for kinds do not.
SIZES = "大小新老"
# 高等学校, 平等: 等 after these closes no list.
NO_LIST_END = "高中初平同对优劣"
# What the name of a people ends with: 周郎嘴回族镇.
PEOPLE = "族"
# No firm holds it: 县检察院与|江苏洋河酒厂股份有限公司.
COMPANION = "与"
# Two of these together are areas of two levels: 盟市, 旗县, 市县.
LEVELS_TOGETHER = "县市区旗盟州乡镇"
# Counted, these are a group and name no programme: 7个培育县|试点.
COUNTED_PLACES = "县市区镇乡村户家"
# What the name of a campaign of a time ends with: 质量月, 科技周, 助残日.
CALENDAR = "月周日节季年"
# Before 节, 赛 and 展 these make another word: 环节, 季节, 比赛, 发展.
TORN_EVENT = "环季情细关骨枝礼调音开发拓进扩施舒参比时章品使一二三四五六七八九十每上下本两几旬淡旺冬春夏秋首半"
# A name that ends so is that of a place or a body, no person: 温氏, 高新区.
NO_PERSON = frozenset("等氏县市区镇乡村省州旗队院校局社司店厂山河湖港路桥站")
# What a title of honour begins with: 获评|全国先进个人, 荣获|省级….
HONOURING = "全国省市县区首第中年一二三个集"
# Last characters of what a person is, before the name: 银匠|龙米谷, 教师|向华.
CALLINGS = frozenset("匠师员手长民工兵医生友士警者人记")
# What the names of bodies end in; inside the name of a unit there is none: 州住建局|会同州财政局.
BODY_LAST = "局厅"
# What stands right before the name of one honoured: 乡财局|刘小平被授予.
BODY_ENDS = "局院校所站队司社厂店科组室心"
# After the name of a body these begin a phrase of its own: 市红十字会|向镇敬老院….
AFTER_ACTOR = "向对给赴从由"
# 县委|县政府: one body right after another.
AFTER_BODY = "委府"
# Hospitals and schools: a longer last word than these tells that a kind of them is meant.
CLOSED_KINDS = "院校园"
# After any name: 第三届茶博会|上, 艺术节|期间, 机关工会|开展.
AFTER_NAMED = LISTED + ORDINALS + "上中期两等的在共均将已获入被党为于是由对向作拿到赴从经"
# 公共|服务, 创新|驱动: an adverb of one character that ends another word.
TORN_ADVERBS = {
    "共": "公",
    "新": "创更高清最翻全革刷",
    "都": "首成古",
    "均": "平人年户日月",
    "正": "公修纠改",
    "来": "未原本近历由外后往",
}
# 委 is a body only where no longer word begins with it.
NOT_AFTER_COMMITTEE = "托员派会任属聘副书"
# What stands before the name of an area in the name of its party committee.
PARTY = "中共"
# 一中, 二小: what ends the short names of numbered schools.
NUMBERED_SCHOOL = "中小"
# What the name of a party committee ends with: 市委, 县委.
PARTY_COMMITTEE = "委"
COUNTRY_NAME = "中国"
COUNTRY_NAMES = (COUNTRY_NAME, "中华人民共和国")
# People, bodies and areas are counted in these; 项, 条, 场 and the like count other things.
GROUP_UNITS = frozenset("个家户名位人所支对批")
# What people, households and bodies are counted in, after their name.
PEOPLE_UNITS = frozenset(("人", "名", "户", "家", "支", "位", "人次", "个", "对"))
# Mountains and waters, which given names may end with.
NATURE = "山河湖港桥路"
# No given name begins so: 党|委员, 万|两.
NO_GIVEN_FIRST = "委两的了个位名主席"
# No given name ends so: 周转|房, 万|人.
NO_GIVEN_NAME = "等某房率费数量人网群车书会班卡证日节周月年额度性化者员们处所室场站法权级等品物课题"
# After a name of three characters: 运动员马小龙|在….
AFTER_FULL_NAME = "上在和与向为以对把将于"
# A character that begins the verb after a personal name of two characters.
AFTER_NAME = frozenset(
    "被获受任主先深到在对作的亲赴多出率带向就与和同等指要担说表参代深曾也还主任为于，。、 "
)
# What may stand right before a person's name that no office announces.
BEFORE_NAME = frozenset("，。、；：,;: \t\n\u3000”》以和与由")
