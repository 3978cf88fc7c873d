"""The words of report.html, English beside simplified Chinese: both signers read one file."""

MODES = {
    "setting": ("found by investigators", "流调发现"),
    "flight": ("flight", "航班"),
    "train": ("train", "火车"),
    "metro": ("metro", "地铁"),
    "coach": ("coach", "长途客车"),
    "bus": ("bus", "公交车"),
    "taxi": ("taxi", "出租车"),
    "ship": ("ship", "轮船"),
}

WIDENINGS = {
    "overlap_assumed": (
        "exposures where neither stops nor times prove the overlap",
        "站点和时间均不能证明同乘区间的暴露",
    ),
    "carriage_unknown": ("exposures where a carriage is not known", "车厢不明的暴露"),
    "seat_unknown": (
        "exposures where a row, seat or berth is not known",
        "排号、座位或铺位不明的暴露",
    ),
    "standing": ("exposures of or to somebody without a seat", "涉及无座人员的暴露"),
    "several_places": (
        "exposures where several seats or carriages are named for one trip",
        "同一行程有多个座位或车厢的暴露",
    ),
    "infant_without_seat": (
        "infants without a seat of their own, taken as seat unknown",
        "无独立座位、按座位不明处理的婴儿",
    ),
    "no_rows": (
        "exposures by row where no layout of rows is given, counted by row numbers",
        "无排号布局、按排号顺序计算的暴露",
    ),
    "no_seats": (
        "exposures where no layout of seats is given, the whole row taken",
        "无座位布局、按整排认定的暴露",
    ),
    "no_units": (
        "exposures where no compartments or bays are given, the whole carriage taken",
        "无包厢或隔断布局、按整节车厢认定的暴露",
    ),
    "crew_area_unknown": (
        "exposures of or to crew whose area is not known",
        "涉及服务区域不明的乘务人员的暴露",
    ),
    "class_unknown": (
        "exposures in carriages of unknown class, taken as hard seat",
        "席别不明、按硬座处理的暴露",
    ),
    "aircon_unknown": (
        "exposures in carriages not said to have air conditioning, taken as sealed",
        "空调情况不明、按密闭处理的暴露",
    ),
    "taxi_as_coach": (
        "exposures in taxis, taken as sealed coaches",
        "出租车内、按密闭客车处理的暴露",
    ),
    "line_without_vehicle": (
        "exposures on a line whose vehicle is not named",
        "只知道线路、不知道车辆的暴露",
    ),
    "violent_symptoms": (
        "exposures to a case with severe symptoms aboard, listed in a wider zone",
        "病例乘车时症状明显、扩大范围认定的暴露",
    ),
    "no_onset_date": (
        "cases without onset and specimen date, all trips taken",
        "无发病和采样日期的病例，全部行程计入",
    ),
    "no_isolation_date": (
        "cases without a (usable) date of isolation, trips taken without end",
        "无（可用）隔离日期的病例，行程不设终点",
    ),
}

KINDS = {
    "manifest": ("who was aboard", "乘客名单"),
    "passenger": ("who sat there", "乘客身份"),
    "holder": ("whose document", "证件持有人"),
    "number": ("correct document number", "正确证件号码"),
    "driver": ("who drove", "驾驶员"),
}

DEPARTMENTS = {
    "health": ("health", "卫生健康"),
    "railway": ("railway", "铁路"),
    "civil_aviation": ("civil aviation", "民航"),
    "transport": ("road transport", "交通运输"),
    "maritime": ("maritime", "海事"),
    "public_security": ("public security", "公安"),
    "exit_entry": ("exit and entry", "出入境"),
}

STATES = {
    "open": ("open", "待发"),
    "exported": ("sent", "已发出"),
    "answered": ("answered", "已答复"),
    "closed": ("closed", "已关闭"),
}

WORDS = {
    "title": ("Report of a build", "索引生成报告"),
    "build": ("Build", "索引批次号"),
    "built_at": ("built at", "生成时间"),
    "data_up_to": ("oldest source", "最早数据来源"),
    "rules": ("Rules", "判定规则"),
    "attention": ("Needs attention", "需要关注"),
    "nothing": ("Nothing stands out.", "无异常。"),
    "key_figures": ("Key figures", "主要数据"),
    "cases": ("cases", "病例"),
    "close": ("close contacts", "密切接触者"),
    "general": ("general contacts", "一般接触者"),
    "listed": ("people listed now", "当前列入人数"),
    "became_cases": ("close contacts who became cases", "转为病例的密切接触者"),
    "tracking_coefficient": ("tracking coefficient", "追踪系数"),
    "turn_positive_rate": ("turn-positive rate", "转阳率"),
    "by_exposure_day": ("Contacts by day of exposure", "按暴露日期的接触者"),
    "by_mode_and_rule": ("Contacts by mode and rule", "按交通方式和规则的接触者"),
    "by_reporter": ("Indicators by reporter", "按报告单位的指标"),
    "by_case_day": ("Indicators by day of the cases", "按病例日期的指标"),
    "coverage": ("Coverage of manifests", "乘客名单覆盖范围"),
    "widenings": ("Listed more widely, because data lack", "因数据缺失从宽认定"),
    "inquiries": ("Inquiries", "协查事项"),
    "tables": ("Tables", "数据表"),
    "rejected_rows": ("Rows left out", "未采用的行"),
    "kept_rows": ("Rows kept with a fault", "有误但保留的行"),
    "remarks": ("Other remarks", "其他说明"),
    "day": ("day", "日期"),
    "mode": ("mode", "交通方式"),
    "rule": ("rule", "规则"),
    "reporter": ("reporter", "报告单位"),
    "operator": ("operator", "承运单位"),
    "not_named": ("not named", "未注明"),
    "unknown": ("not known", "不明"),
    "legs": ("legs", "行程段"),
    "gaps": ("days without any", "缺失天数"),
    "unread": ("rows that list nobody", "未能列入的行"),
    "from_to": ("dates", "日期范围"),
    "count": ("count", "数量"),
    "table": ("table", "表"),
    "column": ("column", "列"),
    "reason": ("reason", "原因"),
    "rows": ("rows", "行数"),
    "used": ("used", "采用"),
    "duplicates": ("duplicates", "重复"),
    "duplicates_of_legs": (
        "Duplicates of legs are looked for only among those within reach of a case.",
        "legs表仅对可能接触病例的行程查重。",
    ),
    "rejected": ("rejected", "未采用"),
    "kind": ("question", "问题"),
    "department": ("department", "部门"),
    "state": ("state", "状态"),
    "age": ("days", "天数"),
    "figures_as_table": ("The figures as a table", "以表格显示"),
    "not_shown": ("not shown", "不显示"),
    "small_counts": (
        "— is a count that is not shown: it is 1 to 4, or would give away one that is.",
        "“—”表示不显示的数量：数量为1至4，或可推算出此类数量。",
    ),
    "definitions": (
        "Contacts count once each, close where any exposure is, also after their observation. "
        "Tracking coefficient: close contacts for each case. Turn-positive rate: share of close "
        "contacts who became cases.",
        "接触者每人计一次，任一暴露为密切接触即计为密切接触者，解除观察后仍计入。"
        "追踪系数：密切接触者数÷病例数。转阳率：转为病例的密切接触者占密切接触者的比例。",
    ),
}

ATTENTION = {
    "first": ("First build here: there is none to compare with.", "首次生成：无以往批次可供比较。"),
    "change": (
        "{now} people would be listed; {then} are now ({percent}).",
        "将列入{now}人；目前为{then}人（{percent}）。",
    ),
    "rejected": ("{count} rows were left out.", "{count}行未采用。"),
    "unruled": (
        "{count} cases of {disease} are left out, as no rule set is for it: nobody is listed for "
        "them, and every answer says so.",
        "{count}例{disease}病例因无适用规则未计入：不列入其接触者，每份答复均予注明。",
    ),
    "not_in_force": (
        "{rule} was in force from {in_force_from} to {in_force_to}; here it is used for trips or "
        "data of {first} to {last}.",
        "规则{rule}的施行日期为{in_force_from}至{in_force_to}；本次用于{first}至{last}的行程或数据。",
    ),
    "unread": (
        "{count} rows of {carriers} carriers list nobody (see the coverage); every answer says so.",
        "{carriers}家承运单位的{count}行未能列入任何人（见覆盖范围），每份答复均予注明。",
    ),
    "unresolved": (
        "{count} exposed legs name no usable document: nobody is listed for them.",
        "{count}段暴露行程无可用证件：无法列入。",
    ),
    "nameless_blank": (
        "{count} exposed legs name a document and no person: listed under its number, whoever "
        "asks.",
        "{count}段暴露行程有证件号码而无姓名：仅凭证件号码列入。",
    ),
    "nameless_filler": (
        "{count} exposed legs have a filler or a mask (N/A, 张**) in place of a name: listed "
        "under the document number, whoever asks.",
        "{count}段暴露行程以占位或脱敏文字（N/A、张**）代替姓名：仅凭证件号码列入。",
    ),
    "gaps": (
        "{count} days without any leg in the coverage.",
        "覆盖范围内有{count}天无任何行程。",
    ),
    "old_inquiries": (
        "{count} inquiries have waited 8 days or more.",
        "{count}项协查已等待8天以上。",
    ),
    "no_manifests": ("There are no manifests.", "没有乘客名单。"),
    "some": ("1 to 4", "1至4"),
}
