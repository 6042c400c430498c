//! A snapshot for every type that travels: a changed format is a visible decision.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails here")]
mod examples;

use examples::*;
use firebee_domain::{
    account::Category,
    catalogue::Nature,
    code::{Action, Code},
    dispatch::{Dispatch, DispatchKind, DispatchState, DispatchStep, Step},
    evidence::{PhotoExif, PhotoRole},
    fault::{Fault, FaultState, Handling, Particulars, RecordEntry, Way},
    geofence::Thresholds,
    id::{
        AccountId, ClaimId, DispatchId, FaultId, Hash, IncarnationId, InstallId, OrganisationId, PersonId, PlanId,
        PlanItemId, ProjectId, StoreId, TaskId,
    },
    personnel::{CertificateKind, Colleague, Ending, Registration},
    plan::{Assignment, AssignmentItem},
    restore::Isolable,
    result::FaultText,
    submission::{Due, Missing},
    task::Stamp,
    time::{Cutoff, Month},
    ways::{Demands, Reviewers},
};
use firebee_protocol::{
    blob::{BlobState, EvidenceCount, Otherwise, Reused},
    chain::ChainPoint,
    document::{
        AssignmentDocument, CatalogueDocument, CrewDocument, DispatchDocument, FaultDocument, HandedDocument, Named,
        ParkedDocument, Recorded, SessionDocument, TaskDocument,
    },
    fact::{Body, DeviceNote, Envelope, Mime, Subject, compose, parse},
    limits::LIMITS,
    patch::Patch,
    problem::Problem,
    pull::{Applied, Change, Page},
    push::{ChainMismatch, FactOutcome, Frame, Gap, PushReply},
    session::{
        Capabilities, ClaimReceipt, ClaimReply, ClaimRequest, Device, Head, Nonce, PasswordRequest, Receipt,
        RefreshReply, RefreshRequest, ReleaseRequest, SignedBy, SignedInElsewhere, Succeeds, Unsent,
    },
};
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::BTreeMap, fmt::Debug};

#[test]
fn every_kind_of_fact_keeps_its_line() {
    let lines: Vec<String> = (0x100..)
        .zip(bodies())
        .map(|(n, body)| {
            let line = compose(&envelope(n, if n == 0x102 { blobs() } else { vec![] }), &body).unwrap();
            assert_eq!(parse(&line).unwrap().body, Ok(body), "what is written is read");
            String::from_utf8(line).unwrap()
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_fact_without_a_project_says_null_first() {
    let envelope = Envelope { project: None, subject: Subject::default(), ..envelope(1, vec![]) };
    let line = compose(&envelope, &Body::DeviceNote(DeviceNote::MockLocation)).unwrap();
    insta::assert_snapshot!(String::from_utf8(line).unwrap());
}

/// Asserts that what is written is read, and gives the text for the snapshot.
fn text<T: Serialize + DeserializeOwned + Debug>(value: &T) -> String {
    let text = serde_json::to_string_pretty(value).unwrap();
    let read: T = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string_pretty(&read).unwrap(), text);
    text
}

fn receipt() -> Receipt {
    Receipt {
        v: 1,
        server_key: "key".into(),
        incarnation: IncarnationId(id(5)),
        store_id: store(),
        seq: 9,
        chain: Hash([8; 32]),
        received_ms: NOW,
        sig: "sig".into(),
    }
}

#[test]
fn push_keeps_its_format() {
    let frame = Frame {
        v: 1,
        store_id: store(),
        epoch: 2,
        first_seq: 7,
        count: 3,
        head: ChainPoint { seq: 12, chain: Hash([1; 32]) },
        sig: Some("sig".into()),
    };
    let outcome = FactOutcome { seq: 8, id: Some(fact_id(1)), code: Code::TaskNotEditable.into() };
    let reply = PushReply {
        acked_through: 9,
        durable_through: 9,
        results: vec![outcome],
        epoch: 2,
        fenced: false,
        feed_head: 40,
        server_ms: NOW,
        receipt: receipt(),
    };
    let mismatch = ChainMismatch { watermark: 6, chain: Hash([6; 32]) };
    insta::assert_snapshot!([text(&frame), text(&reply), text(&Gap { expected: 7 }), text(&mismatch)].join("\n"));
}

#[test]
fn pull_keeps_its_format() {
    let body = serde_json::value::RawValue::from_string("{\"a\":1}".into()).unwrap();
    let named = |feed_seq, id: &str, rev| Change {
        feed_seq,
        kind: "task".into(),
        id: id.into(),
        rev,
        deleted: false,
        body: None,
        patch: None,
    };
    let live = Change { body: Some(body), ..named(4, "x", 2) };
    let gone = Change { deleted: true, ..named(5, "y", 3) };
    let grown = Change { patch: Some(Patch { from: 3, data: "KLUv_QRQ".into() }), ..named(6, "z", 4) };
    let applied = vec![Applied { store_id: store(), seq: 9 }];
    let page = Page {
        changes: vec![live, gone, grown],
        next_cursor: "1.x.6".into(),
        head: 6,
        done: true,
        total: Some(3),
        applied,
        digest: Some("0".repeat(32)),
        server_ms: NOW,
    };
    insta::assert_snapshot!(text(&page));
}

fn claim_receipt() -> ClaimReceipt {
    ClaimReceipt {
        v: 1,
        incarnation: IncarnationId(id(5)),
        account: AccountId(id(2)),
        store_id: store(),
        epoch: 1,
        key_sha256: Hash([3; 32]),
        issued_ms: NOW,
        server_key: "key".into(),
        sig: "sig".into(),
    }
}

/// The types that carry secrets have no `Debug`; they are compared as text only.
fn secret<T: Serialize + DeserializeOwned>(value: &T) -> String {
    let text = serde_json::to_string_pretty(value).unwrap();
    let read: T = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string_pretty(&read).unwrap(), text);
    text
}

#[test]
fn sessions_keep_their_format() {
    let capabilities = Capabilities {
        v: 1,
        incarnation: Some(IncarnationId(id(5))),
        server_key: Some("key".into()),
        limits: LIMITS,
        server_ms: NOW,
    };
    let claim = ClaimRequest {
        claim_id: ClaimId(id(6)),
        login: "13800000001".into(),
        password: "password".into(),
        install_id: InstallId(id(7)),
        store_id: store(),
        public_key: "key".into(),
        device: Device { name: "Nokia 8.3 5G".into(), system: "Android 14".into(), app: "0.1.0".into() },
        succeeds: Some(Succeeds { store_id: StoreId(id(8)), sig: "sig".into() }),
        receipt: None,
        head: Head { seq: 0, chain: Hash([1; 32]) },
        sig: "sig".into(),
    };
    let reply = ClaimReply {
        account: AccountId(id(2)),
        epoch: 1,
        access: "fb_a_x".into(),
        refresh: "fb_r_x".into(),
        claim_receipt: claim_receipt(),
        watermark: 0,
        chain: Hash([1; 32]),
        incarnation: IncarnationId(id(5)),
        server_key: "key".into(),
        server_ms: NOW,
        recipient: Some("key".into()),
    };
    let elsewhere = SignedInElsewhere { device: "Mi 11".into(), last_seen: NOW, unsent: Unsent { facts: 3, blobs: 2 } };
    let refresh = RefreshRequest { store_id: store(), refresh: "fb_r_x".into(), nonce: "n".into(), sig: "sig".into() };
    let password = PasswordRequest {
        login: "13800000001".into(),
        old: "old".into(),
        new: "new".into(),
        by: Some(SignedBy { store_id: store(), sig: "sig".into() }),
    };
    let refreshed = RefreshReply { access: "fb_a_y".into(), epoch: 1, server_ms: NOW, late: None };
    let release = ReleaseRequest { store_id: store(), nonce: "n".into(), sig: "sig".into() };
    let texts = [
        text(&capabilities),
        secret(&claim),
        secret(&reply),
        text(&elsewhere),
        text(&Nonce { nonce: "n".into() }),
        secret(&refresh),
        secret(&password),
        secret(&refreshed),
        text(&release),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn documents_keep_their_format() {
    let month = Month::new(2026, 1).unwrap();
    let session = SessionDocument {
        account: AccountId(id(2)),
        organisation: OrganisationId(id(9)),
        organisation_name: "某消防技术服务有限公司".into(),
        name: "操作员".into(),
        person: PersonId(id(0x32)),
        category: Category::FieldOperator,
        registrations: vec![Registration { from: month.first_day(), to: month.last_day() }],
        track: Some(Thresholds::default()),
    };
    let crew = CrewDocument {
        reminder_days: 7,
        crew: vec![Colleague {
            person: PersonId(id(0x31)),
            account: Some(AccountId(id(2))),
            name: "助手".into(),
            endings: vec![Ending { kind: CertificateKind::FacilityOperatorCert, last_day: month.last_day() }],
        }],
        instruments: vec![instrument()],
    };
    let item = AssignmentItem {
        plan_item: PlanItemId(id(4)),
        item_id: "power-genset.a".into(),
        facility: "power-genset".into(),
        system: "power".into(),
        planned_for: None,
        position: None,
    };
    let assignment = AssignmentDocument {
        assignment: Assignment {
            plan: PlanId(id(3)),
            project: ProjectId(id(1)),
            executor: AccountId(id(2)),
            revision: 3,
            granted: NOW,
            deadline: month.last_day(),
            items: vec![item],
            demands: Demands {
                photos: 3,
                photo_systems: vec!["power".into()],
                lines: vec!["钥匙已归还物业".into()],
                witness: true,
                reviewers: Reviewers::NotOwnTasks,
            },
        },
        plan_name: "2026年1月维护保养计划".into(),
        nature: Nature::Month,
        period: month,
        catalogue: blob(1),
    };
    let document = TaskDocument {
        task: task(),
        executor_name: "操作员".into(),
        plan_name: "2026年1月维护保养计划".into(),
        evidence: EvidenceCount {
            verified: 1,
            total: 3,
            missing: vec![blob(2), blob(3)],
            not_pictures: vec![blob(3)],
            reused: vec![Reused { blob: blob(1), task: TaskId(id(0x101)), task_name: "0102_1".into() }],
            otherwise: vec![Otherwise { blob: blob(1), exif: PhotoExif::default() }],
        },
        coverage: Some(coverage()),
        catalogue: blob(1),
        assignment: Some(id(0xd).to_string()),
        assignment_rev: 3,
        due: Some(Due { last_day: month.last_day(), cutoff: Cutoff::Stated }),
        reviewers: BTreeMap::from([(AccountId(id(2)), "项目负责人".to_owned())]),
    };
    let fault = FaultDocument {
        fault: Fault {
            id: FaultId(id(7)),
            task: TaskId(id(0x100)),
            project: ProjectId(id(1)),
            key: result().key(),
            item_name: "启动时间".into(),
            description: FaultText { part: Some("储油设备".into()), defect: None, text: "附件损坏".into() },
            state: FaultState::OwnerRefused,
            handlings: vec![Handling {
                event: fact_id(8).into(),
                by: AccountId(id(2)),
                at: Stamp::unproved(NOW),
                way: Way::OwnerRefused,
                explanation: "业主自修".into(),
                order: None,
                attachments: vec![blob(4)],
            }],
            particulars: Particulars { system_stopped: Some(true), ..Particulars::default() },
            records: vec![RecordEntry {
                event: fact_id(9).into(),
                by: AccountId(id(2)),
                at: Stamp::unproved(NOW),
                particulars: Particulars { system_stopped: Some(true), ..Particulars::default() },
            }],
        },
        task_name: "2026年1月维护保养计划 0101_1".into(),
        catalogue: blob(1),
    };
    let dispatch = DispatchDocument {
        dispatch: Dispatch {
            id: DispatchId(id(0xe)),
            task: TaskId(id(0x100)),
            project: ProjectId(id(1)),
            fault: FaultId(id(7)),
            kind: DispatchKind::Repair,
            team_lead: AccountId(id(4)),
            plan: "更换附件".into(),
            item_id: "power-genset.a".into(),
            item_name: "启动时间".into(),
            position: Some("主楼".into()),
            description: FaultText { part: Some("储油设备".into()), defect: None, text: "附件损坏".into() },
            state: DispatchState::Resolved,
            log: vec![DispatchStep {
                event: fact_id(8).into(),
                by: AccountId(id(4)),
                at: Stamp::unproved(NOW),
                step: Step::Resolved,
                team_lead: None,
                details: "已更换".into(),
                attachments: vec![blob(4)],
                was: None,
            }],
        },
        task_name: "2026年1月维护保养计划 0101_1".into(),
        catalogue: blob(1),
        people: vec![Named { account: AccountId(id(4)), name: "维修组长".into() }],
    };
    let parked = ParkedDocument {
        fact: Some(fact_id(1)),
        kind: Some("result.recorded".into()),
        project: Some(ProjectId(id(1))),
        plan: None,
        task: Some(TaskId(id(0x100))),
        author: AccountId(id(2)),
        recorded: Some(Recorded {
            author_name: "马晓燕".into(),
            wall_ms: NOW,
            body: serde_json::json!({ "reason": "拍错了" }),
        }),
        code: Code::OutOfScope.into(),
        since: NOW,
        decision: None,
    };
    let handed = HandedDocument {
        task: TaskId(id(0x100)),
        project: ProjectId(id(1)),
        name: "2026年1月维护保养计划 0101_1".into(),
        to: "陈刚".into(),
        by: "李建国".into(),
        reason: "换班".into(),
        at: Stamp::of_server(NOW),
        rev: 7,
        taken_up: false,
    };
    let catalogue = CatalogueDocument { id: blob(1), len: 824_043, edition: "2020.05-r2".into() };
    let texts = [
        text(&session),
        text(&crew),
        text(&assignment),
        text(&document),
        text(&fault),
        text(&dispatch),
        text(&handed),
        text(&parked),
        text(&catalogue),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn problems_and_small_words_keep_their_format() {
    let problem = Problem {
        kind: "about:blank".into(),
        status: 409,
        code: Code::Gap.into(),
        title: "甲。乙。".into(),
        title_en: "A. B.".into(),
        action: Action::Resend,
        detail: serde_json::json!({"expected": 7}),
    };
    let states = [BlobState::Announced, BlobState::Receiving, BlobState::Verified, BlobState::Durable];
    let actions = [
        Action::Fix,
        Action::Retry,
        Action::Refresh,
        Action::SignIn,
        Action::Stop,
        Action::Resend,
        Action::Snapshot,
        Action::Upgrade,
    ];
    let key = result().key();
    let missing = [
        Missing::Result { item: key.item },
        Missing::Photo { key },
        Missing::FaultText { key },
        Missing::Restore { system: Isolable::FirePumps },
        Missing::Selfie,
        Missing::Controller,
        Missing::ControllerPhoto { role: PhotoRole::Panel },
        Missing::Witness,
    ];
    let mimes = [Mime::Jpeg, Mime::Png, Mime::Heic, Mime::Avif, Mime::Webp, Mime::Pdf, Mime::Track];
    let texts = [
        text(&problem),
        text(&states.to_vec()),
        text(&actions.to_vec()),
        text(&missing.to_vec()),
        text(&mimes.to_vec()),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}
