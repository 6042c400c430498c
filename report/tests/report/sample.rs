//! A month of a shopping centre: forty items, one of them at six hundred detectors, six faults, sixty photos, two tracks.

use chrono::NaiveDate;
use firebee_domain::{
    id::ContentId,
    report::{
        BuildingLine, Count, Cover, DispatchRecord, EarlierFault, EvidenceLine, FacilityLine, FaultRecord,
        InstrumentLine, Named, Opinion, OpinionLine, PersonLine, PhotoLine, Record, ReportKind, RestoredLine,
        SNAPSHOT_EDITION, Signature, SiteWork, Snapshot, Step, SystemOpinion, SystemRecords, UntestableLine,
        WitnessLine,
    },
};

use crate::pictures;

/// A report with its pictures.
pub struct Sample {
    pub snapshot: Snapshot,
    pub photos: Vec<Vec<u8>>,
    pub signatures: Vec<Vec<u8>>,
    pub manifest: Option<Vec<u8>>,
}

/// A system, and of each of its facilities: its name, an item, a criterion and a record.
type Trade = (&'static str, &'static [(&'static str, &'static str, &'static str, &'static str)]);

const TRADE: [Trade; 4] = [
    (
        "消防供配电设施",
        &[
            (
                "消防配电柜（箱）",
                "a. 主、备电切换功能",
                "主电源断电时应自动转换至备用电源供电，主电源恢复后应自动转换为主电源供电，并应分别显示主、备电源的状态。",
                "切断主电源，2.1 s 内转换至备用电源，状态显示正常。",
            ),
            ("消防应急电源", "b. 备用电源供电能力", "连续供电时间应不小于 90 min。", "放电试验 92 min，电压 218 V。"),
        ],
    ),
    (
        "火灾自动报警系统",
        &[
            (
                "点型感烟火灾探测器",
                "a. 报警功能",
                "探测器应能输出火警信号且报警确认灯应点亮，响应时间不大于 30 s。",
                "逐只加烟试验，响应时间均不大于 30 s。",
            ),
            (
                "火灾报警控制器",
                "c. 自检与打印功能",
                "指示灯、显示器、音响器件应动作正常。",
                "自检 3 min 完成，打印正常。",
            ),
            ("消防电话", "d. 通话质量", "主机与分机之间应能双向通话，语音清晰。", "与消防水泵房分机通话清晰。"),
        ],
    ),
    (
        "消火栓系统",
        &[
            (
                "试验消火栓",
                "b. 栓口动压",
                "动压不应小于 0.25 MPa，且不应大于 0.50 MPa。",
                "动压 0.38 MPa，充实水柱 13 m。",
            ),
            ("消火栓泵", "c. 联动启泵", "压力开关动作后应在 55 s 内启动。", "9 s 内启动，运行正常。"),
        ],
    ),
    (
        "自动喷水灭火系统",
        &[
            (
                "湿式报警阀组",
                "a. 放水试验",
                "延迟时间不大于 90 s，水力警铃声强不小于 70 dB。",
                "延迟 35 s，声强 76 dB。",
            ),
            (
                "末端试水装置",
                "b. 水压与水流指示器",
                "水流指示器动作后应在控制器显示部位。",
                "压力 0.14 MPa，显示正常。",
            ),
        ],
    ),
];
const ITEMS: usize = 40;
const PHOTOS: usize = 60;

impl Sample {
    /// All of it.
    pub fn month() -> Self {
        let photos: Vec<Vec<u8>> = (0..PHOTOS).map(|seed| pictures::photo(seed, 800, 600)).collect();
        let signatures = vec![pictures::signature(1), pictures::signature(2)];
        let systems = systems();
        let snapshot = Snapshot {
            upload: None,
            course: None,
            dispatches: vec![DispatchRecord {
                kind: "维修".into(),
                place: "消防应急电源(2) · b. 备用电源供电能力 · 地下二层配电间".into(),
                fault: "蓄电池组内阻超限".into(),
                team_lead: "陈志刚".into(),
                plan: "更换蓄电池组并做放电试验".into(),
                state: "已解决".into(),
                steps: vec![Step {
                    at: "2026-10-27 16:12:00".into(),
                    by: "陈志刚".into(),
                    words: "完成：放电试验 95 min 合格".into(),
                }],
            }],
            edition: SNAPSHOT_EDITION,
            cover: cover(),
            signatures: signing(),
            statements: vec![
                "本报告依据现场测试、检查与维修记录出具。未经本单位书面同意，不得部分复制本报告。".to_owned(),
                "依据《社会消防技术服务管理规定》（应急管理部令第7号）出具。".to_owned(),
            ],
            opinion: opinion(&systems),
            earlier: earlier(),
            basics: basics(),
            buildings: buildings(),
            people: people(),
            instruments: instruments(),
            facilities: facilities(),
            systems,
            restored: vec![RestoredLine {
                system: "自动喷水灭火系统".to_owned(),
                isolated: "2026-08-12 10:02".to_owned(),
                restored: "2026-08-12 11:47".to_owned(),
                by: "张伟".to_owned(),
                photos: vec![3],
            }],
            faults: (1..=6).map(fault).collect(),
            untestable: vec![UntestableLine {
                facility: "末端试水装置（2）".to_owned(),
                item: "b. 水压与水流指示器".to_owned(),
                reason: "试水阀位于施工围挡内，无法接近。".to_owned(),
            }],
            site_work: site_work(),
            photos: Vec::new(),
            witnesses: Vec::new(),
            evidence: evidence(),
        };
        let mut sample =
            Self { snapshot, photos: Vec::new(), signatures, manifest: Some(b"{\"manifests\":[]}".to_vec()) };
        sample.show(photos);
        sample.snapshot.witnesses = sample.signatures.iter().enumerate().map(witness).collect();
        sample
    }

    /// The report with other photos.
    pub fn show(&mut self, photos: Vec<Vec<u8>>) {
        let line = |(at, bytes): (usize, &Vec<u8>)| PhotoLine {
            number: u32::try_from(at + 1).unwrap(),
            preview: pictures::id(bytes),
            original: ContentId([u8::try_from(at % 251).unwrap(); 32]),
            caption: format!("湿式报警阀组（{}）a. 放水试验", at + 1),
            taken: format!("2026-08-{:02} 09:{:02}", 10 + at % 15, at % 60),
        };
        self.snapshot.photos = photos.iter().enumerate().map(line).collect();
        self.photos = photos;
    }
}

fn named(name: &str, value: &str) -> Named {
    Named { name: name.to_owned(), value: value.to_owned() }
}

fn cover() -> Cover {
    let day = |day| NaiveDate::from_ymd_opt(2026, 8, day).unwrap();
    Cover {
        kind: ReportKind::Month,
        title: "建筑消防设施维护保养报告书".to_owned(),
        kind_word: "月表".to_owned(),
        name: "青海大厦A座20260831月表".to_owned(),
        code: "QH-WB-2026-000123".to_owned(),
        project: "青海大厦A座".to_owned(),
        owner: "青海示例物业管理有限公司".to_owned(),
        organisation: "青海示例消防技术服务有限公司".to_owned(),
        period: "2026年8月".to_owned(),
        report_date: day(31),
        service: (day(10), day(28)),
        verify_at: "https://reports.example.cn/v/".to_owned(),
    }
}

fn signing() -> Vec<Signature> {
    let one = |role: &str, name: &str, registration: &str| Signature {
        role: role.to_owned(),
        name: name.to_owned(),
        registration: registration.to_owned(),
    };
    vec![
        one("编制（项目负责人）", "王建国", "一级注册消防工程师，有效期至 2028-06-30"),
        one("审核（技术负责人）", "赵敏", "一级注册消防工程师，有效期至 2027-11-12"),
    ]
}

/// Every ninth does not conform, every fifth has photos.
fn systems() -> Vec<SystemRecords> {
    let mut systems: Vec<SystemRecords> =
        TRADE.iter().map(|(system, _)| SystemRecords { system: (*system).to_owned(), records: Vec::new() }).collect();
    for at in 0..ITEMS {
        let place = at % TRADE.len();
        let facilities = TRADE[place].1;
        let (facility, item, criterion, record) = facilities[at / TRADE.len() % facilities.len()];
        let conforms = at % 9 != 8;
        let verdict = if conforms { "符合" } else { "不符合" };
        systems[place].records.push(Record {
            facility: format!("{facility}（{}）", at / TRADE.len() + 1),
            item: item.to_owned(),
            criterion: criterion.to_owned(),
            record: format!("{record}判定结果是{verdict}。"),
            each: Vec::new(),
            override_text: if at == 12 {
                "复核压力表检定误差后判定符合。".to_owned()
            } else {
                String::new()
            },
            verdict: verdict.to_owned(),
            conforms,
            photos: if at % 5 == 0 { vec![u32::try_from(at + 1).unwrap(), 60] } else { Vec::new() },
        });
    }
    let detectors = &mut systems[1].records[0];
    detectors.facility = "点型感烟火灾探测器（1—600）".to_owned();
    let seconds = |at: usize| format!("{}.{}", 3 + at * 7 % 20, at * 3 % 10);
    detectors.each = (0..600).map(|at| format!("{}层{:03}#：{} s", at / 75 + 1, at + 1, seconds(at))).collect();
    systems[2].records[0].each = ["0.38 MPa", "0.37 MPa", "0.36 MPa"].map(str::to_owned).to_vec();
    systems
}

fn opinion(systems: &[SystemRecords]) -> Opinion {
    let count = |(at, name): (usize, &&str)| Count { name: (*name).to_owned(), count: u32::try_from(at + 1).unwrap() };
    let line = |record: &Record| OpinionLine {
        facility: record.facility.clone(),
        item: record.item.clone(),
        verdict: record.verdict.clone(),
        found: record.record.clone(),
        follow_up: "维修，张伟，2026-09-05 前".to_owned(),
    };
    let wrong = |system: &SystemRecords| SystemOpinion {
        system: system.system.clone(),
        lines: system.records.iter().filter(|record| !record.conforms).map(line).collect(),
    };
    Opinion {
        faults: ["排查中", "维修中", "不同意维修", "协商中", "不在合同范围"].iter().enumerate().map(count).collect(),
        items: ["不能测试", "不测试", "人工判定"].iter().enumerate().map(count).collect(),
        systems: systems.iter().map(wrong).filter(|system| !system.lines.is_empty()).collect(),
    }
}

fn earlier() -> Vec<EarlierFault> {
    vec![EarlierFault {
        report: "青海大厦A座20260630月表".to_owned(),
        place: "送风机（2）a. 手动与远程启停".to_owned(),
        fault: "远程启动无反馈信号。".to_owned(),
        found: "2026-06-18".to_owned(),
        standing: "维修中：更换反馈模块，等待配件。".to_owned(),
        days: 74,
    }]
}

fn basics() -> Vec<Named> {
    vec![
        named("业主单位", "青海示例物业管理有限公司"),
        named("统一社会信用代码", "91630000MA0000000X"),
        named("项目地址", "青海省西宁市城中区示例路 18 号（示例广场东侧，消防控制室在一层东北角）"),
        named("消防安全管理人", "吴刚"),
        named("消防控制室电话", "0971-0000000"),
        named("合同期限", "2026-01-01 — 2026-12-31"),
        named("重点单位", "是"),
    ]
}

fn buildings() -> Vec<BuildingLine> {
    vec![BuildingLine {
        name: "A座主楼".to_owned(),
        area: "48 600 m²（地上 39 200，地下 9 400）".to_owned(),
        floors: "地上 24 层，地下 2 层".to_owned(),
        height: "98.6 m".to_owned(),
        water: "市政管网两路，消防水池 540 m³".to_owned(),
        remark: "三层影院单独分区".to_owned(),
    }]
}

fn people() -> Vec<PersonLine> {
    let one = |name: &str, role: &str, certificate: &str, warning: &str| PersonLine {
        name: name.to_owned(),
        role: role.to_owned(),
        certificate: certificate.to_owned(),
        warning: warning.to_owned(),
    };
    vec![
        one("王建国", "项目负责人", "一级注册消防工程师", ""),
        one("张伟", "执行人", "消防设施操作员 四级", "证书将于 2026-10-05 到期"),
        one("刘洋", "协助", "", "未登记证书"),
    ]
}

fn instruments() -> Vec<InstrumentLine> {
    vec![InstrumentLine {
        kind: "数字压力表".to_owned(),
        number: "YQ-014".to_owned(),
        valid_to: "2026-08-20".to_owned(),
        warning: "检定已过期".to_owned(),
    }]
}

fn facilities() -> Vec<FacilityLine> {
    let of = |(system, facilities): &Trade| -> Vec<FacilityLine> {
        let line = |(facility, ..): &(&str, _, _, _)| FacilityLine {
            system: (*system).to_owned(),
            facility: (*facility).to_owned(),
            planned: 10,
            done: 9,
            ignored: 1,
            remark: "吊顶施工，业主要求下月测试".to_owned(),
        };
        facilities.iter().map(line).collect()
    };
    TRADE.iter().flat_map(of).collect()
}

fn fault(number: u32) -> FaultRecord {
    let step = |at: &str, by: &str, words: &str| Step { at: at.to_owned(), by: by.to_owned(), words: words.to_owned() };
    FaultRecord {
        number,
        found: format!("2026-08-1{number} 10:20 — 10:24（可证）"),
        finder: "张伟".to_owned(),
        place: format!("湿式报警阀组（{number}）"),
        item: "a. 放水试验".to_owned(),
        fault: "压力开关不动作，不能联动启动喷淋泵。".to_owned(),
        state: "维修中".to_owned(),
        particulars: vec![
            named("系统是否停用", "否"),
            named("安全保护措施", "加强巡查，每 2 h 一次"),
            named("消防安全管理人意见", "同意维修"),
        ],
        steps: vec![
            step("2026-08-13 10:45", "王建国（项目负责人）", "下达排查任务，由张伟执行。"),
            step("2026-08-14 09:12", "张伟（执行人）", "拆检压力开关，触点锈蚀，需更换。"),
        ],
        photos: vec![number + 20],
    }
}

fn site_work() -> Vec<SiteWork> {
    let about = || {
        vec![
            named("执行人", "张伟"),
            named("控制器品牌", "海湾 GST5000H"),
            named("开始时间", "2026-08-12 09:02 — 09:04（可证）"),
            named("结束时间", "2026-08-12 16:31（可证）"),
            named("是否按时", "按时"),
        ]
    };
    let planned = |task: &str, seed: usize| SiteWork {
        task: task.to_owned(),
        kind: String::new(),
        about: about(),
        sums: vec![named("围栏内", "412 min"), named("围栏外", "18 min"), named("未记录", "19 min")],
        gaps: vec!["11:02 — 11:21，19 min：定位被系统关闭".to_owned()],
        map: pictures::track(seed),
    };
    let dispatch = SiteWork {
        task: "排查湿式报警阀组（2）压力开关".to_owned(),
        kind: "排查任务".to_owned(),
        about: about(),
        sums: Vec::new(),
        gaps: Vec::new(),
        map: String::new(),
    };
    vec![planned("青海大厦A座2026年8月月测（一）", 1), planned("青海大厦A座2026年8月月测（二）", 2), dispatch]
}

fn witness((at, bytes): (usize, &Vec<u8>)) -> WitnessLine {
    WitnessLine {
        task: format!("青海大厦A座2026年8月月测（{}）", ["一", "二"][at % 2]),
        name: "吴刚".to_owned(),
        role: "消防安全管理人".to_owned(),
        signed: format!("2026-08-12 16:4{at}"),
        signature: pictures::id(bytes),
    }
}

fn evidence() -> EvidenceLine {
    EvidenceLine {
        manifests: vec![named("青海大厦A座2026年8月月测（一）", &ContentId([0xa1; 32]).to_string())],
        facts: 734,
        photos: 60,
        segments: 9,
        catalogue: format!("2024.1，{}", ContentId([0x5c; 32])),
    }
}
