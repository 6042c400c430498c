//! Claiming an account.

use crate::both;
use axum::{body::Body, http::Method};
use firebee_domain::id::{AccountId, ClaimId};
use firebee_protocol::{
    push::{UNSENT_BLOBS_HEADER, UNSENT_FACTS_HEADER},
    receipt::verify_claim,
    session::{ClaimReply, SignedInElsewhere, Unsent},
};
use firebee_server::{random::uuid_v4, row, sql, store::Tx};
use firebee_tests::house::{House, PASSWORD, Phone};

both!(
    /// one phone at a time; the second is told which, since when, and how much it has not sent.
    r_034_a_second_phone_is_refused_and_told_about_the_first,
    the_same_claim_again_gives_the_same_epoch_and_other_tokens,
    a_claim_is_spent_once_something_else_happened,
    epochs_begin_at_1_and_grow_when_another_store_claims_only,
    a_claim_receipt_holds_under_the_servers_key,
    a_claim_whose_signature_does_not_hold_is_refused,
    a_store_belongs_to_one_account_and_one_key_for_ever,
    a_retired_store_hands_its_account_to_its_successor_without_a_password,
    a_store_that_does_not_hold_the_account_hands_nothing_over,
    what_is_kept_of_a_claim_is_neither_password_nor_token,
    another_incarnation_is_told_before_any_token_is_read,
);

async fn r_034_a_second_phone_is_refused_and_told_about_the_first(house: House) {
    let first = Phone::signed_in(&house, "ma").await;
    house.clock.advance_ms(90_000);
    let heard = house.app.clock.now();
    let pull = first.request(&house, Method::GET, "/v1/pull").header(UNSENT_FACTS_HEADER, 7);
    let pull = pull.header(UNSENT_BLOBS_HEADER, 2).body(Body::empty()).unwrap();
    assert_eq!(house.send(pull).await.status, 200);
    house.clock.advance_ms(7 * 86_400_000);
    let mut second = Phone::new("ma");
    let refused = second.claim(&house).await;
    assert_eq!(refused.problem(), (409, "signed_in_elsewhere".into()));
    let told: SignedInElsewhere = serde_json::from_value(refused.detail()).unwrap();
    let expected = SignedInElsewhere { device: first.name, last_seen: heard, unsent: Unsent { facts: 7, blobs: 2 } };
    assert_eq!(told, expected);
    // Another account is free all the while.
    Phone::signed_in(&house, "li").await;
}

async fn the_same_claim_again_gives_the_same_epoch_and_other_tokens(house: House) {
    let mut phone = Phone::signed_in(&house, "ma").await;
    let before = phone.clone();
    house.clock.advance_ms(1_000);
    assert_eq!(phone.claim(&house).await.status, 200);
    let (old, new) = (before.given(), phone.given());
    assert_eq!((new.epoch, &new.claim_receipt), (old.epoch, &old.claim_receipt));
    assert!(new.access != old.access && new.refresh != old.refresh);
    assert_eq!(before.pull(&house).await.problem(), (401, "token_expired".into()));
    assert_eq!(before.clone().refresh(&house).await.problem(), (401, "sign_in_again".into()));
    assert_eq!(phone.pull(&house).await.status, 200);
    assert_eq!(house.number(sql!("SELECT count(*) FROM claim")).await, 1);
}

async fn a_claim_is_spent_once_something_else_happened(house: House) {
    let mut phone = Phone::signed_in(&house, "ma").await;
    assert_eq!(phone.release(&house).await.status, 204);
    assert_eq!(phone.claim(&house).await.problem(), (409, "claim_spent".into()));
    let mut other = Phone::signed_in(&house, "ma").await;
    assert_eq!(phone.claim(&house).await.problem(), (409, "claim_spent".into()));
    // Nor does another store, or another account, get anything with it.
    other.release(&house).await;
    let mut thief = Phone { claim_id: other.claim_id, ..Phone::new("ma") };
    assert_eq!(thief.claim(&house).await.problem(), (409, "claim_spent".into()));
    thief.login = "li".into();
    assert_eq!(thief.claim(&house).await.problem(), (409, "claim_spent".into()));
    other.claim_id = ClaimId(uuid_v4().unwrap());
    assert_eq!(other.claim(&house).await.status, 200);
}

async fn epochs_begin_at_1_and_grow_when_another_store_claims_only(house: House) {
    let mut first = Phone::signed_in(&house, "ma").await;
    assert_eq!(first.given().epoch, 1);
    first.claim_id = ClaimId(uuid_v4().unwrap());
    first.claim(&house).await;
    assert_eq!(first.given().epoch, 1);
    first.release(&house).await;
    first.claim_id = ClaimId(uuid_v4().unwrap());
    first.claim(&house).await;
    assert_eq!(first.given().epoch, 1, "the store that had it last");
    first.release(&house).await;
    let second = Phone::signed_in(&house, "ma").await;
    assert_eq!(second.given().epoch, 2);
    second.release(&house).await;
    first.claim_id = ClaimId(uuid_v4().unwrap());
    first.claim(&house).await;
    assert_eq!(first.given().epoch, 3);
    assert_eq!(Phone::signed_in(&house, "li").await.given().epoch, 1);
}

async fn a_claim_receipt_holds_under_the_servers_key(house: House) {
    let phone = Phone::signed_in(&house, "ma").await;
    let capabilities = house.capabilities().await;
    let ClaimReply { claim_receipt, server_key, incarnation, watermark, chain, epoch, account, .. } = phone.given();
    assert_eq!(
        (Some(server_key), Some(incarnation)),
        (capabilities.server_key.as_ref(), capabilities.incarnation.as_ref())
    );
    assert_eq!(verify_claim(server_key, claim_receipt), Ok(()));
    let [ma, _] = house.firm.operators;
    let of: (AccountId, _, u64) = (claim_receipt.account, claim_receipt.store_id, claim_receipt.epoch);
    assert_eq!((of, *account, *epoch), ((ma, phone.store_id, 1), ma, 1));
    assert_eq!((*watermark, *chain), (0, phone.head.chain));
    phone.release(&house).await;
    assert_eq!(house.number(sql!("SELECT count(*) FROM claim WHERE receipt <> ''")).await, 0, "it is destroyed");
}

async fn a_claim_whose_signature_does_not_hold_is_refused(house: House) {
    let phone = Phone::new("ma");
    let other = Phone::new("ma");
    let good = phone.claim_request(None);
    let send = async |request| house.send(house.post("/v1/session/claim", &request)).await.problem();
    let invalid = (422, "signature_invalid".into());
    let before = house.app.passwords.runs();
    assert_eq!(send(firebee_protocol::session::ClaimRequest { sig: other.sign(b"x"), ..good.clone() }).await, invalid);
    let renamed = firebee_protocol::session::ClaimRequest { claim_id: other.claim_id, ..good.clone() };
    assert_eq!(send(renamed).await, invalid);
    let off_the_curve = firebee_protocol::session::ClaimRequest { public_key: "BA".repeat(43), ..good.clone() };
    assert_eq!(send(off_the_curve).await, (400, "bad_request".into()));
    let nameless = Phone { name: " \u{202e}".into(), ..phone.clone() };
    assert_eq!(send(nameless.claim_request(None)).await, (400, "bad_request".into()));
    assert_eq!(house.app.passwords.runs(), before, "no hash is computed for what is not signed");
    assert_eq!(send(good).await.0, 200);
}

async fn a_store_belongs_to_one_account_and_one_key_for_ever(house: House) {
    let phone = Phone::signed_in(&house, "ma").await;
    phone.release(&house).await;
    let mut shared = Phone { login: "li".into(), claim_id: ClaimId(uuid_v4().unwrap()), ..phone.clone() };
    assert_eq!(shared.claim(&house).await.problem(), (403, "store_mismatch".into()));
    let mut cloned = Phone { store_id: phone.store_id, ..Phone::new("ma") };
    assert_eq!(cloned.claim(&house).await.problem(), (403, "store_mismatch".into()));
}

async fn a_retired_store_hands_its_account_to_its_successor_without_a_password(house: House) {
    let old = Phone::signed_in(&house, "ma").await;
    let mut new = Phone::new("ma");
    let request = new.claim_request(Some(&old));
    assert_eq!(request.password, "");
    let stranger = Phone::new("ma");
    let forged = firebee_protocol::session::Succeeds { sig: stranger.sign(b"x"), store_id: old.store_id };
    let forged = firebee_protocol::session::ClaimRequest { succeeds: Some(forged), ..request.clone() };
    let answer = house.send(house.post("/v1/session/claim", &forged)).await;
    assert_eq!(answer.problem(), (422, "signature_invalid".into()));
    let answer = house.send(house.post("/v1/session/claim", &request)).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    // The reply was lost: the same claim again.
    let answer = house.send(house.post("/v1/session/claim", &request)).await;
    new.reply = Some(answer.json());
    assert_eq!(new.given().epoch, 2);
    assert_eq!(old.pull(&house).await.problem(), (401, "token_expired".into()));
    assert_eq!(new.pull(&house).await.status, 200);
    let mut back = Phone { claim_id: ClaimId(uuid_v4().unwrap()), ..old };
    assert_eq!(back.claim(&house).await.problem(), (403, "store_mismatch".into()), "the old store is closed");
}

async fn a_store_that_does_not_hold_the_account_hands_nothing_over(house: House) {
    let old = Phone::signed_in(&house, "ma").await;
    old.release(&house).await;
    let send = async |request| house.send(house.post("/v1/session/claim", &request)).await.problem();
    assert_eq!(send(Phone::new("ma").claim_request(Some(&old))).await, (401, "sign_in_again".into()));
    let holder = Phone::signed_in(&house, "ma").await;
    assert_eq!(send(Phone::new("ma").claim_request(Some(&old))).await, (401, "sign_in_again".into()));
    let other_login = Phone::new("li").claim_request(Some(&holder));
    assert_eq!(send(other_login).await, (401, "sign_in_again".into()));
    assert_eq!(holder.pull(&house).await.status, 200);
}

async fn what_is_kept_of_a_claim_is_neither_password_nor_token(house: House) {
    let phone = Phone::signed_in(&house, "ma").await;
    let read = async move |tx: &mut Tx| {
        let rows = tx.query(sql!("SELECT request, receipt FROM claim"), &[]).await?;
        let mut kept = String::new();
        for row in rows {
            kept += row.get(0)?;
            kept += row.get(1)?;
        }
        Ok::<_, firebee_server::store::StoreError>(kept)
    };
    let kept = house.firm.store.read("test", read).await.unwrap();
    assert!(kept.contains(&phone.name) && kept.contains(&phone.claim_request(None).sig), "what opens evidence is kept");
    assert!(!kept.contains(PASSWORD));
    let (access, refresh) = (phone.given().access.clone(), phone.given().refresh.clone());
    let find = async move |tx: &mut Tx| {
        let find = sql!("SELECT count(*) FROM token WHERE hash IN (?1, ?2)");
        let row = tx.query_opt(find, &row![access.as_bytes(), refresh.as_bytes()]).await?.unwrap();
        row.get::<i64>(0)
    };
    assert_eq!(house.firm.store.read("test", find).await, Ok(0));
    assert_eq!(house.number(sql!("SELECT count(*) FROM token")).await, 2);
}

async fn another_incarnation_is_told_before_any_token_is_read(house: House) {
    let phone = Phone::signed_in(&house, "ma").await;
    let incarnation = house.firm.keys.incarnation;
    for stale in [Some(uuid_v4().unwrap().to_string()), Some("x".into()), None] {
        let builder = axum::http::Request::builder().uri("/v1/pull").header("authorization", "Bearer rubbish");
        let builder = stale.iter().fold(builder, |builder, stale| builder.header("firebee-incarnation", stale));
        let answer = house.send(builder.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.problem(), (409, "incarnation_changed".into()));
        assert_eq!(answer.detail(), serde_json::json!({ "incarnation": incarnation }));
    }
    let builder = phone.request(&house, Method::GET, "/v1/pull");
    let mut request = builder.body(Body::empty()).unwrap();
    request.headers_mut().insert("authorization", "Bearer rubbish".parse().unwrap());
    assert_eq!(house.send(request).await.problem(), (401, "sign_in_again".into()));
}
