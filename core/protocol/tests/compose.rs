//! Every written line can be read. Composing does not read its own lines, so these tests do, for every kind.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails here")]

use firebee_domain::{
    catalogue::FieldValue,
    device::DeviceNote,
    dispatch::{DispatchFinished, DispatchReceived, DispatchStarted, Order, Outcome},
    evidence::{PhotoExif, PhotoRole, PhotoTaken, PhotoWithdrawn, TrackSegment},
    fact::Body,
    fault::{FaultHandled, FaultRecorded, Particulars, Way},
    id::{AccountId, BootId, ContentId, DispatchId, FactId, FaultId, Hash, PlanId, PlanItemId, ProjectId, TaskId},
    instrument::Instrument,
    ordinals::Ordinals,
    parked::{Choice, ParkedDecided},
    restore::{Isolable, LineConfirmed, RestoreConfirmed, SystemIsolated},
    result::{FaultText, ResultMoved, ResultRecorded, Verdict},
    review::{Decision, ReviewDecided},
    submission::{Manifest, TaskSubmitted, manifest_hash},
    task::{
        Controller, Helper, StartedItem, TaskDescribed, TaskDiscarded, TaskHandedOver, TaskKind, TaskStarted,
        WitnessSigned,
    },
    time::{Anchor, Captured, Timestamp},
};
use firebee_protocol::{
    fact::{BlobRef, BlobRole, ComposeError, Envelope, Fact, Kind, Mime, Seen, Subject, compose, parse},
    limits::LIMITS,
};
use proptest::{option, prelude::*, sample::select};
use std::collections::BTreeSet;
use strum::VariantArray;
use uuid::Uuid;

/// Usual texts, and now and then one with forbidden characters.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[a-z0-9 \\n\"\\\\文测试，。]{0,12}",
        1 => "[a\u{301}\u{7f}\u{85}\t\u{202e}]{0,3}",
        1 => "[文]{98,102}",
        1 => any::<String>(),
    ]
}

/// Mostly small, and now and then too large for JSON.
fn numbers() -> impl Strategy<Value = i64> {
    prop_oneof![6 => -1_000_i64..2_000_000_000_000, 1 => any::<i64>(), 1 => select(vec![1 << 53, (1 << 53) - 1])]
}

fn counts() -> impl Strategy<Value = u64> {
    numbers().prop_map(i64::unsigned_abs)
}

fn uuids() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn content_ids() -> impl Strategy<Value = ContentId> {
    any::<[u8; 32]>().prop_map(ContentId)
}

fn many<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    proptest::collection::vec(of, 0..3)
}

fn anchors() -> impl Strategy<Value = Anchor> {
    (numbers(), numbers(), uuids(), numbers()).prop_map(|(server_ms, boot_ms, boot, rtt_ms)| Anchor {
        server_ms: Timestamp(server_ms),
        boot_ms,
        boot_id: BootId(boot),
        rtt_ms,
    })
}

fn results() -> impl Strategy<Value = ResultRecorded> {
    let fault = (option::of(texts()), option::of(texts()), texts());
    let fault = option::of(fault.prop_map(|(part, defect, text)| FaultText { part, defect, text }));
    let values = many((texts(), texts()).prop_map(|(key, value)| FieldValue { key, value }));
    let verdict = || select(Verdict::VARIANTS.to_vec());
    let about = (uuids(), any::<u32>(), content_ids(), texts(), texts(), texts(), texts());
    let found = (option::of(texts()), option::of(texts()), values, option::of(verdict()), verdict());
    let untestable = (option::of(texts()), option::of(texts()));
    let why = (option::of(texts()), untestable, fault, many(uuids()), option::of(uuids()));
    (about, found, why).prop_map(
        |(
            (item, ordinal, catalogue, item_id, name, criterion, measured_record),
            (position, variant, values, proposed, verdict),
            (override_reason, (untestable_reason, untestable_code), fault, photos, replaces),
        )| ResultRecorded {
            item: PlanItemId(item),
            ordinal,
            also: Ordinals::default(),
            each: Vec::new(),
            position,
            catalogue,
            item_id,
            name,
            criterion,
            variant,
            values,
            proposed,
            verdict,
            override_reason,
            untestable_reason,
            untestable_code,
            fault,
            measured_record,
            photos: photos.into_iter().map(FactId).collect(),
            replaces: replaces.map(FactId),
            instrument: None,
            moved_from: None,
        },
    )
}

fn photos() -> impl Strategy<Value = PhotoTaken> {
    let exif = (option::of(texts()), option::of(any::<i32>()), option::of(numbers()), option::of(texts()));
    let exif = exif.prop_map(|(taken, lat_e6, gnss_ms, camera)| PhotoExif {
        taken,
        lat_e6,
        lon_e6: lat_e6,
        gnss_ms,
        orientation: None,
        software: camera.clone(),
        camera,
    });
    (option::of(uuids()), content_ids(), content_ids(), exif).prop_map(|(item, original, preview, exif)| PhotoTaken {
        role: PhotoRole::Evidence,
        item: item.map(PlanItemId),
        ordinal: item.map(|_| 1),
        original,
        preview,
        thumbnail: preview,
        exif,
    })
}

fn submissions() -> impl Strategy<Value = TaskSubmitted> {
    (any::<u32>(), many(uuids()), option::of(uuids())).prop_map(|(round, ids, described)| {
        let results = ids.into_iter().map(FactId).collect();
        let manifest = Manifest { results, described: described.map(FactId), ..Manifest::default() }.to_text();
        TaskSubmitted { round, manifest_hash: manifest_hash(&manifest), manifest }
    })
}

fn notes() -> impl Strategy<Value = DeviceNote> {
    prop_oneof![
        (anchors(), prop::option::of("[A-Za-z0-9_-]{86}"))
            .prop_map(|(anchor, stamp)| DeviceNote::Anchor { anchor, stamp }),
        content_ids().prop_map(|blob| DeviceNote::LostLocal { blob }),
        texts().prop_map(|permission| DeviceNote::PermissionMissing { permission }),
        numbers().prop_map(|by_ms| DeviceNote::ClockJump { by_ms }),
        Just(DeviceNote::MockLocation),
        counts().prop_map(|seq| DeviceNote::ReceiptOutsideBound { seq }),
        counts().prop_map(|feed_seq| DeviceNote::DigestMismatch { feed_seq }),
    ]
}

fn of_the_task() -> BoxedStrategy<Body> {
    let items = many((uuids(), texts()).prop_map(|(item, item_id)| StartedItem { item: PlanItemId(item), item_id }));
    let controller = option::of(texts()).prop_map(|brand| brand.map_or(Controller::None, Controller::Brand));
    prop_oneof![
        (option::of(uuids()), texts(), items).prop_map(|(plan, plan_name, items)| {
            TaskStarted {
                kind: TaskKind::Planned,
                plan: plan.map(PlanId),
                plan_name,
                items,
                catalogue: None,
                demands: firebee_domain::ways::Demands::default(),
                event: None,
            }
            .into()
        }),
        (controller, many(texts()), many(texts())).prop_map(|(controller, helpers, instruments)| {
            let helpers = helpers.into_iter().map(|name| Helper { person: None, name }).collect();
            let day = chrono::NaiveDate::default();
            let instrument =
                |number: String| Instrument { kind: number.clone(), number, calibrated: day, valid_to: day };
            TaskDescribed { controller, helpers, instruments: instruments.into_iter().map(instrument).collect() }.into()
        }),
        texts().prop_map(|reason| TaskDiscarded { reason }.into()),
        submissions().prop_map(Body::from),
    ]
    .boxed()
}

/// On the heap: a test's stack does not hold the strategies of all kinds.
fn of_the_practice() -> BoxedStrategy<Body> {
    prop_oneof![
        texts().prop_map(|told| SystemIsolated { system: Isolable::Gas, told }.into()),
        (texts(), uuids())
            .prop_map(|(by, photo)| { RestoreConfirmed { system: Isolable::Gas, by, photo: FactId(photo) }.into() }),
        texts().prop_map(|line| LineConfirmed { line }.into()),
        (texts(), texts(), content_ids())
            .prop_map(|(name, role, signature)| WitnessSigned { name, role, signature }.into()),
        (uuids(), uuids(), texts()).prop_map(|(from, to, reason)| {
            TaskHandedOver { from: AccountId(from), to: AccountId(to), reason }.into()
        }),
        (uuids(), uuids(), uuids(), any::<u32>(), many(uuids())).prop_map(|(result, to, item, ordinal, photos)| {
            let photos = photos.into_iter().map(FactId).collect();
            let (to, item) = (TaskId(to), PlanItemId(item));
            ResultMoved { result: FactId(result), to, item, ordinal, recorded: FactId(result), photos }.into()
        }),
    ]
    .boxed()
}

fn bodies() -> impl Strategy<Value = Body> {
    let way = select(vec![Way::Troubleshoot, Way::OwnerAgreed, Way::OwnerRefused, Way::OutOfScope, Way::Negotiating]);
    let segment = (content_ids(), uuids(), numbers(), any::<u32>(), any::<bool>());
    prop_oneof![
        4 => of_the_task(),
        2 => of_the_practice(),
        2 => results().prop_map(|result| Box::new(result).into()),
        2 => photos().prop_map(|photo| Box::new(photo).into()),
        1 => (uuids(), texts()).prop_map(|(photo, reason)| PhotoWithdrawn { photo: FactId(photo), reason }.into()),
        1 => segment.prop_map(|(blob, boot, first_boot_ms, fixes, replayed)| {
            let boot_id = BootId(boot);
            TrackSegment { blob, boot_id, first_boot_ms, last_boot_ms: 0, fixes, holes: 0, replayed }.into()
        }),
        1 => (any::<u32>(), any::<[u8; 32]>(), texts()).prop_map(|(round, hash, opinion)| {
            let decision = Decision::Rejected;
            ReviewDecided { round, manifest_hash: Hash(hash), decision, opinion, attachments: Vec::new() }.into()
        }),
        1 => (uuids(), any::<u32>(), way, texts()).prop_map(|(fault, round, way, explanation)| {
            let order = way.sends().map(|_| Order { team_lead: AccountId(fault), plan: explanation.clone() });
            let (attachments, particulars) = (Vec::new(), Particulars::default());
            FaultHandled { fault: FaultId(fault), round, way, explanation, order, attachments, particulars }.into()
        }),
        1 => uuids().prop_map(|dispatch| DispatchReceived { dispatch: DispatchId(dispatch) }.into()),
        1 => uuids().prop_map(|dispatch| DispatchStarted { dispatch: DispatchId(dispatch) }.into()),
        1 => (uuids(), texts()).prop_map(|(dispatch, details)| {
            let (dispatch, attachments) = (DispatchId(dispatch), Vec::new());
            DispatchFinished { dispatch, outcome: Outcome::Unresolved, details, attachments }.into()
        }),
        1 => (uuids(), texts()).prop_map(|(fault, opinion)| {
            let particulars = Particulars { owner_opinion: Some(opinion), ..Particulars::default() };
            FaultRecorded { fault: FaultId(fault), particulars }.into()
        }),
        2 => notes().prop_map(Body::from),
        1 => (uuids(), texts()).prop_map(|(fact, reason)| {
            ParkedDecided { facts: vec![FactId(fact)], decision: Choice::Refused, reason }.into()
        }),
    ]
}

fn blobs() -> impl Strategy<Value = BlobRef> {
    (content_ids(), counts()).prop_map(|(id, len)| BlobRef { id, len, mime: Mime::Jpeg, role: BlobRole::Original })
}

fn envelopes() -> impl Strategy<Value = Envelope> {
    let captured = (numbers(), numbers(), uuids(), option::of(numbers()), option::of(anchors()));
    let captured = captured.prop_map(|(wall_ms, boot_ms, boot, gnss_ms, anchor)| Captured {
        wall_ms: Timestamp(wall_ms),
        boot_ms,
        boot_id: BootId(boot),
        gnss_ms: gnss_ms.map(Timestamp),
        anchor,
    });
    let seen = option::of((texts(), counts()).prop_map(|(doc, rev)| Seen { doc, rev }));
    let subject = (option::of(uuids()), option::of(uuids()), seen);
    let subject =
        subject.prop_map(|(plan, task, seen)| Subject { plan: plan.map(PlanId), task: task.map(TaskId), seen });
    let few_or_many = prop_oneof![8 => 0..3_usize, 1 => 8..10_usize];
    let blobs = few_or_many.prop_flat_map(|count| proptest::collection::vec(blobs(), count));
    (option::of(uuids()), uuids(), uuids(), captured, subject, blobs).prop_map(
        |(project, id, account, captured, subject, blobs)| Envelope {
            project: project.map(ProjectId),
            id: FactId(id),
            account: AccountId(account),
            captured,
            subject,
            blobs,
        },
    )
}

fn fact_of(envelope: &Envelope, body: &Body) -> Fact {
    let Envelope { project, id, account, captured, subject, blobs } = envelope.clone();
    let kind = body.kind();
    let (v, kind, body) = (kind.version(), kind.to_string(), Ok(body.clone()));
    Fact { project, id, kind, v, account, captured, subject, blobs, body }
}

/// The line as a plain JSON writer would write it, without checks.
fn unchecked(fact: &Fact) -> Vec<u8> {
    let value = |part: serde_json::Result<String>| part.unwrap();
    let members = [
        ("project", value(serde_json::to_string(&fact.project))),
        ("id", value(serde_json::to_string(&fact.id))),
        ("kind", value(serde_json::to_string(&fact.kind))),
        ("v", fact.v.to_string()),
        ("account", value(serde_json::to_string(&fact.account))),
        ("captured", value(serde_json::to_string(&fact.captured))),
        ("subject", value(serde_json::to_string(&fact.subject))),
        ("blobs", value(serde_json::to_string(&fact.blobs))),
        ("body", value(serde_json::to_string(fact.body.as_ref().unwrap()))),
    ];
    let members: Vec<String> = members.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
    format!("{{{}}}", members.join(",")).into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// A written line reads as the same fact, and a line that is refused could not have been read.
    #[test]
    fn exactly_what_reads_as_the_same_fact_is_written(envelope in envelopes(), body in bodies()) {
        let fact = fact_of(&envelope, &body);
        let plain = unchecked(&fact);
        match compose(&envelope, &body) {
            Ok(line) => {
                prop_assert_eq!(parse(&line), Ok(fact));
                prop_assert_eq!(line, plain);
            }
            Err(ComposeError::TooLarge { bytes, limit }) => prop_assert!(bytes > limit),
            Err(_) => prop_assert!(parse(&plain).map_or(true, |read| read.body.is_err())),
        }
    }
}

/// A kind that is registered later must enter the strategy above.
#[test]
fn the_lines_above_are_of_every_kind_that_has_a_body() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let strategy = bodies();
    let seen: BTreeSet<Kind> = (0..600).map(|_| strategy.new_tree(&mut runner).unwrap().current().kind()).collect();
    let reserved = |kind: &Kind| {
        Body::read(*kind, &mut serde_json::Deserializer::from_str("0"))
            == Err(firebee_domain::fact::Unreadable::KindReserved)
    };
    let offered: BTreeSet<Kind> = Kind::ALL.iter().copied().filter(|kind| !reserved(kind)).collect();
    assert_eq!(seen, offered);
}

#[test]
fn a_fact_above_the_limit_is_not_written() {
    let items = (0..2_500).map(|n| StartedItem { item: PlanItemId(Uuid::from_u128(n)), item_id: "x".repeat(100) });
    let body = TaskStarted {
        kind: TaskKind::Planned,
        plan: None,
        plan_name: String::new(),
        items: items.collect(),
        catalogue: None,
        demands: firebee_domain::ways::Demands::default(),
        event: None,
    };
    let boot_id = BootId(Uuid::nil());
    let envelope = Envelope {
        project: None,
        id: "019a0000-0000-7000-8000-000000000001".parse().unwrap(),
        account: AccountId(Uuid::nil()),
        captured: Captured { wall_ms: Timestamp(1), boot_ms: 1, boot_id, gnss_ms: None, anchor: None },
        subject: Subject::default(),
        blobs: Vec::new(),
    };
    let refused = compose(&envelope, &body.into()).unwrap_err();
    assert!(matches!(refused, ComposeError::TooLarge { bytes, .. } if bytes > u64::from(LIMITS.fact_bytes_max)));
}
