//! One value of everything that travels, for the snapshots.

use firebee_domain::{
    catalogue::{FieldValue, MISMATCH},
    contract::ContractKind,
    dispatch::{DispatchFinished, DispatchReceived, DispatchStarted, Order, Outcome},
    evidence::{PhotoExif, PhotoRole, PhotoTaken, PhotoWithdrawn, TrackSegment},
    fault::{FaultHandled, FaultRecorded, Particulars, Way},
    geofence::{Coverage, CoverageVerdict, DayCoverage, Gap as TrackGap, Jump, Thresholds},
    id::{
        AccountId, BootId, ContentId, DispatchId, FactId, FaultId, Hash, PersonId, PlanId, PlanItemId, ProjectId,
        StoreId, TaskId,
    },
    instrument::Instrument,
    ordinals::Ordinals,
    parked::{Choice, ParkedDecided},
    project::Practice,
    restore::{Isolable, LineConfirmed, RestoreConfirmed, SystemIsolated},
    result::{FaultText, ResultMoved, ResultRecorded, Verdict},
    review::{Decision, ReviewDecided},
    submission::{Manifest, TaskSubmitted, manifest_hash},
    task::{
        Circumstances, Controller, Helper, Stamp, StartedItem, Task, TaskDescribed, TaskDiscarded, TaskHandedOver,
        TaskKind, TaskStarted, WitnessSigned,
    },
    time::{Anchor, Bound, Captured, Month, Timestamp, TrustedTime},
    track::Cause,
    ways::Demands,
};
use firebee_protocol::fact::{BlobRef, BlobRole, Body, DeviceNote, Envelope, Mime, Seen, Subject};
use uuid::Uuid;

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0189_0a5d_ac96_7000_8000_0000_0000_0000 + n)
}
pub fn fact_id(n: u128) -> FactId {
    FactId(id(n))
}
pub fn store() -> StoreId {
    StoreId(id(0xa))
}
pub fn blob(n: u8) -> ContentId {
    ContentId([n; 32])
}
pub const NOW: Timestamp = Timestamp(1_767_225_600_000);

pub fn anchor() -> Anchor {
    Anchor { server_ms: NOW, boot_ms: 5_000, boot_id: BootId(id(0xb)), rtt_ms: 80 }
}
pub fn captured() -> Captured {
    Captured { wall_ms: NOW, boot_ms: 6_000, boot_id: BootId(id(0xb)), gnss_ms: Some(NOW), anchor: Some(anchor()) }
}
pub fn envelope(n: u128, blobs: Vec<BlobRef>) -> Envelope {
    let seen = Some(Seen { doc: id(0xd).to_string(), rev: 3 });
    Envelope {
        project: Some(ProjectId(id(1))),
        id: fact_id(n),
        account: AccountId(id(2)),
        captured: captured(),
        subject: Subject { plan: Some(PlanId(id(3))), task: Some(TaskId(id(0x100))), seen },
        blobs,
    }
}
pub fn result() -> ResultRecorded {
    ResultRecorded {
        item: PlanItemId(id(4)),
        ordinal: 1,
        also: Ordinals::default(),
        each: Vec::new(),
        position: Some("地下一层发电机房".into()),
        catalogue: blob(1),
        item_id: "power-genset.a".into(),
        name: "发电机启动试验".into(),
        criterion: "自动方式30s内供电".into(),
        variant: Some("auto".into()),
        values: vec![FieldValue::new("mode", "auto"), FieldValue::new("elapsed", "50")],
        proposed: Some(Verdict::Nonconform),
        verdict: Verdict::Nonconform,
        override_reason: None,
        untestable_reason: None,
        untestable_code: None,
        fault: Some(FaultText {
            part: Some("储油设备".into()), defect: Some("附件损坏".into()), text: "超时".into()
        }),
        measured_record: "实测记录为50s。判定结果是不符合".into(),
        photos: vec![fact_id(0x102)],
        replaces: None,
        instrument: None,
        moved_from: None,
    }
}
pub fn photo() -> PhotoTaken {
    PhotoTaken {
        role: PhotoRole::Evidence,
        item: Some(PlanItemId(id(4))),
        ordinal: Some(1),
        original: blob(2),
        preview: blob(3),
        thumbnail: blob(4),
        exif: PhotoExif { taken: Some("2026:01:01 08:00:00".into()), lat_e6: Some(36_617_000), ..PhotoExif::default() },
    }
}
pub fn blobs() -> Vec<BlobRef> {
    let of = |n, role| BlobRef { id: blob(n), len: 1_000, mime: Mime::Jpeg, role };
    vec![of(2, BlobRole::Original), of(3, BlobRole::Preview), of(4, BlobRole::Thumb)]
}
pub fn instrument() -> Instrument {
    let month = |month| Month::new(2026, month).unwrap();
    Instrument {
        number: "SL-01".into(),
        kind: "声级计".into(),
        calibrated: month(1).first_day(),
        valid_to: month(12).last_day(),
    }
}
pub fn manifest() -> Manifest {
    Manifest {
        results: vec![fact_id(0x101)],
        photos: vec![fact_id(0x102)],
        segments: vec![],
        described: None,
        ..Manifest::default()
    }
}

/// A line that the firm adds to the checklist.
const LINE: &str = "钥匙已归还物业";

/// What is said of the practice on site.
pub fn practice() -> Vec<Body> {
    vec![
        Body::SystemIsolated(SystemIsolated { system: Isolable::FirePumps, told: "值班员".into() }),
        Body::RestoreConfirmed(RestoreConfirmed {
            system: Isolable::FirePumps,
            by: "值班员".into(),
            photo: fact_id(0x102),
        }),
        Body::ChecklistConfirmed(LineConfirmed { line: LINE.into() }),
        Body::WitnessSigned(WitnessSigned { name: "赵敏".into(), role: "物业主管".into(), signature: blob(5) }),
        Body::TaskHandedOver(TaskHandedOver {
            from: AccountId(id(2)), to: AccountId(id(0x12)), reason: "换班".into()
        }),
    ]
}

/// One fact of every kind that is spoken yet, by number.
pub fn bodies() -> Vec<Body> {
    let started = TaskStarted {
        kind: TaskKind::Planned,
        plan: Some(PlanId(id(3))),
        plan_name: "2026年1月维护保养计划".into(),
        items: vec![StartedItem { item: PlanItemId(id(4)), item_id: "power-genset.a".into() }],
        catalogue: None,
        demands: Demands { lines: vec![LINE.into()], witness: true, ..Demands::default() },
        event: None,
    };
    let outside = TaskStarted {
        kind: TaskKind::Mismatch,
        plan: None,
        plan_name: "消防设施与当前测试规范不匹配".into(),
        items: vec![StartedItem { item: PlanItemId(id(4)), item_id: MISMATCH.into() }],
        catalogue: Some(blob(1)),
        demands: Demands::default(),
        event: None,
    };
    let controller = Controller::Brand("海湾".into());
    let segment = TrackSegment {
        blob: blob(9),
        boot_id: BootId(id(0xb)),
        first_boot_ms: 1,
        last_boot_ms: 600_000,
        fixes: 600,
        holes: 1,
        replayed: true,
    };
    let text = manifest().to_text();
    let mut bodies = vec![
        Body::TaskStarted(started),
        Body::ResultRecorded(Box::new(result())),
        Body::PhotoTaken(Box::new(photo())),
        Body::TaskDescribed(TaskDescribed {
            controller,
            helpers: vec![Helper { person: Some(PersonId(id(0x31))), name: "助手".into() }],
            instruments: vec![instrument()],
        }),
        Body::TaskDescribed(TaskDescribed { controller: Controller::None, helpers: vec![], instruments: vec![] }),
        Body::PhotoWithdrawn(PhotoWithdrawn { photo: fact_id(0x102), reason: "模糊".into() }),
        Body::TrackSegment(segment),
        Body::TaskSubmitted(TaskSubmitted { round: 1, manifest_hash: manifest_hash(&text), manifest: text }),
        Body::TaskDiscarded(TaskDiscarded { reason: String::new() }),
        Body::FaultHandled(FaultHandled {
            fault: FaultId(id(7)),
            round: 1,
            way: Way::OwnerRefused,
            explanation: "业主自修".into(),
            order: None,
            attachments: Vec::new(),
            particulars: Particulars::default(),
        }),
        Body::FaultHandled(FaultHandled {
            fault: FaultId(id(7)),
            round: 1,
            way: Way::OwnerAgreed,
            explanation: String::new(),
            order: Some(Order { team_lead: AccountId(id(4)), plan: "更换附件".into() }),
            attachments: Vec::new(),
            particulars: Particulars::default(),
        }),
        Body::DispatchReceived(DispatchReceived { dispatch: DispatchId(id(0xe)) }),
        Body::DispatchStarted(DispatchStarted { dispatch: DispatchId(id(0xe)) }),
        Body::DispatchFinished(DispatchFinished {
            dispatch: DispatchId(id(0xe)),
            outcome: Outcome::Resolved,
            details: "已更换".into(),
            attachments: Vec::new(),
        }),
        Body::FaultRecorded(FaultRecorded {
            fault: FaultId(id(7)),
            particulars: Particulars { brigade_told: Some(true), ..Particulars::default() },
        }),
        Body::ReviewDecided(ReviewDecided {
            round: 1,
            manifest_hash: Hash([7; 32]),
            decision: Decision::Rejected,
            opinion: "请重拍".into(),
            attachments: Vec::new(),
        }),
        Body::DeviceNote(DeviceNote::Anchor { anchor: anchor(), stamp: None }),
        Body::DeviceNote(DeviceNote::LostLocal { blob: blob(2) }),
        Body::DeviceNote(DeviceNote::PermissionMissing { permission: "location_always".into() }),
        Body::DeviceNote(DeviceNote::ClockJump { by_ms: -3_600_000 }),
        Body::DeviceNote(DeviceNote::MockLocation),
        Body::DeviceNote(DeviceNote::ReceiptOutsideBound { seq: 9 }),
        Body::DeviceNote(DeviceNote::DigestMismatch { feed_seq: 12 }),
        Body::ParkedDecided(ParkedDecided {
            facts: vec![fact_id(1)],
            decision: Choice::Adopted,
            reason: "与记录人核对过".into(),
        }),
    ];
    bodies.extend(practice());
    bodies.push(Body::TaskStarted(outside));
    bodies.push(Body::ResultMoved(ResultMoved {
        result: fact_id(0x101),
        to: TaskId(id(0x200)),
        item: PlanItemId(id(5)),
        ordinal: 2,
        recorded: fact_id(0x201),
        photos: vec![fact_id(0x102)],
    }));
    bodies
}

/// A task with one of everything.
pub fn task() -> Task {
    let mut task: Option<Task> = None;
    let around = Circumstances {
        catalogue: None,
        pack: None,
        design: &[],
        evidence_missing: 0,
        faults_unhandled: 0,
        witness_asked: true,
        lead: None,
        practice: Practice::of(ContractKind::Maintenance, false),
    };
    let mut faults = Vec::new();
    let at = Stamp {
        wall_ms: NOW,
        time: Some(TrustedTime {
            proved: Bound { earliest: NOW.plus_ms(-3_600_000), latest: NOW.plus_ms(60_000) },
            stated: Some(Bound { earliest: NOW, latest: NOW.plus_ms(40) }),
            time_contradiction: false,
        }),
    };
    let shown = |body: &Body| !matches!(body, Body::RestoreConfirmed(_));
    let bodies = bodies().into_iter().take(7).chain(practice().into_iter().filter(shown));
    for (n, body) in (0x100..).zip(bodies) {
        let by = envelope(n, vec![]).attribution(&body, at).unwrap().unwrap();
        match &mut task {
            None => task = Some(body.begin(&by).unwrap()),
            Some(task) => body.advance(&by, task, &mut faults, &mut Vec::new(), &around).unwrap(),
        }
    }
    task.unwrap()
}

pub fn coverage() -> Coverage {
    let day = DayCoverage { from: NOW, to: NOW.plus_ms(60), inside_ms: 40, outside_ms: 10, not_recorded_ms: 10 };
    Coverage {
        inside_ms: 40,
        outside_ms: 10,
        not_recorded_ms: 10,
        verdict: CoverageVerdict::Covered,
        gaps: vec![TrackGap { from: NOW, to: NOW.plus_ms(10), cause: Cause::NoSignal }],
        days: vec![day],
        thresholds: Thresholds::default(),
        jumps: vec![Jump { at: NOW, metres: 11_000 }],
    }
}
