use super::*;
use crate::sync::tests::{FakeServer, Fault, Phone};
use serde_json::{Value, json};

/// a claim whose answer was lost is the same claim when it is repeated, also after the app was killed.
#[tokio::test]
async fn r_034_a_lost_answer_to_a_claim_is_repeated_with_the_same_claim() {
    let phone = Phone::new(&FakeServer::new());
    phone.server.fault("POST /v1/session/claim", Fault::LoseReply);
    let lost = phone.client.session().sign_in("li", "correct").await.unwrap_err();
    assert_eq!(lost.code(), "network_error");
    let first = phone.server.world().claim.clone().unwrap();
    assert_eq!(phone.client.session().state().unwrap().unwrap().state, ClaimState::Asking);
    let phone = phone.restart();
    let signed_in = phone.client.session().sign_in("li", "correct").await.unwrap();
    assert_eq!((phone.server.world().claim.clone().unwrap(), signed_in.epoch), (first, 1));
    let state = phone.client.session().state().unwrap().unwrap();
    assert_eq!((state.state, state.account), (ClaimState::SignedIn, Some(signed_in.account)));
}

/// the second phone is told which phone has the account, when it was heard, and how much it had not sent.
#[tokio::test]
async fn r_034_a_second_phone_is_told_who_has_the_account() {
    let first = Phone::signed_in().await;
    let second = Phone::new(&first.server);
    let error = second.client.session().sign_in("li", "correct").await.unwrap_err();
    let SignInError::Elsewhere(told) = &error else { panic!("{error:?}") };
    assert_eq!((told.device.as_str(), told.last_seen.0, told.unsent), ("Nokia", 5, Unsent { facts: 7, blobs: 2 }));
    assert_eq!(error.code(), "signed_in_elsewhere");
    first.client.session().sign_out().await.unwrap();
    assert_eq!(second.client.session().sign_in("li", "correct").await.unwrap().epoch, 2);
}

#[tokio::test]
async fn a_wrong_password_signs_nobody_in_and_nothing_can_be_recorded() {
    let phone = Phone::new(&FakeServer::new());
    let error = phone.client.session().sign_in("li", "wrong").await.unwrap_err();
    assert_eq!(error.code(), "sign_in_failed");
    assert_eq!(phone.client.session().state().unwrap().unwrap().account, None);
    phone.client.session().sign_in("li", "correct").await.unwrap();
}

/// The claim receipt must hold, under the pinned key, for this very store and key.
#[tokio::test]
async fn an_answer_whose_claim_receipt_does_not_hold_is_none() {
    let forgeries: [fn(&mut Value); 6] = [
        |reply| reply["claim_receipt"]["sig"] = json!("A".repeat(86)),
        |reply| reply["claim_receipt"]["epoch"] = json!(2),
        |reply| reply["epoch"] = json!(2),
        |reply| reply["claim_receipt"]["key_sha256"] = json!("00".repeat(32)),
        |reply| reply["server_key"] = json!("A".repeat(43)),
        |reply| reply["account"] = json!("00000000-0000-4000-8000-000000000009"),
    ];
    for forge in forgeries {
        let phone = Phone::new(&FakeServer::new());
        phone.server.fault("POST /v1/session/claim", Fault::Forge(forge));
        let error = phone.client.session().sign_in("li", "correct").await.unwrap_err();
        assert_eq!(error, SignInError::ServerUnverified);
        assert_eq!(phone.client.session().state().unwrap().unwrap().state, ClaimState::Asking);
    }
    let phone = Phone::new(&FakeServer::new());
    phone.server.fault("POST /v1/session/claim", Fault::Forge(|reply| reply["chain"] = json!("00".repeat(32))));
    assert_eq!(phone.client.session().sign_in("li", "correct").await, Err(SignInError::Diverged));
}

#[tokio::test]
async fn a_claim_that_was_spent_is_made_anew_once() {
    let phone = Phone::new(&FakeServer::new());
    phone.server.fault("POST /v1/session/claim", Fault::Refuse(409, "claim_spent", Value::Null));
    phone.client.session().sign_in("li", "correct").await.unwrap();
    assert_eq!(phone.server.world().count("POST /v1/session/claim"), 2);
}

#[tokio::test]
async fn a_journal_takes_no_second_account() {
    let phone = Phone::signed_in().await;
    let error = phone.client.session().sign_in("wang", "correct").await.unwrap_err();
    assert_eq!(error.code(), "store_of_other_account");
}

#[tokio::test]
async fn signing_out_is_refused_while_anything_is_unsent_and_frees_the_account_then() {
    let phone = Phone::signed_in().await;
    phone.record(2);
    phone.keep(b"photo", firebee_protocol::fact::BlobRole::Original);
    let refused = phone.client.session().sign_out().await.unwrap_err();
    assert_eq!(refused, SignOutError::UnsentData(Unsent { facts: 3, blobs: 1 }));
    assert_eq!(phone.client.session().unsent().unwrap(), Unsent { facts: 3, blobs: 1 });
    assert_eq!(phone.server.world().count("POST /v1/session/release"), 0);
    phone.sync().await.unwrap();
    phone.client.session().sign_out().await.unwrap();
    assert_eq!(phone.server.world().holder, None);
    assert_eq!(phone.client.session().state().unwrap().unwrap().state, ClaimState::Released);
    assert_eq!(phone.sync().await, Err("not_signed_in".into()));
    assert_eq!(phone.client.session().sign_in("li", "correct").await.unwrap().epoch, 1, "the same store again");
    phone.sync().await.unwrap();
}

#[tokio::test]
async fn a_release_whose_answer_was_lost_is_repeated() {
    let phone = Phone::signed_in().await;
    phone.server.fault("POST /v1/session/release", Fault::LoseReply);
    assert_eq!(phone.client.session().sign_out().await.unwrap_err().code(), "network_error");
    assert_eq!(phone.client.session().state().unwrap().unwrap().state, ClaimState::SignedIn);
    phone.client.session().sign_out().await.unwrap();
    phone.client.session().sign_out().await.unwrap();
    assert_eq!(phone.server.world().count("POST /v1/session/release"), 2, "signed out is signed out");
}

#[tokio::test]
async fn a_sign_in_repeated_while_signed_in_keeps_everything() {
    let phone = Phone::signed_in().await;
    phone.record(2);
    phone.client.session().sign_in("li", "correct").await.unwrap();
    phone.sync().await.unwrap();
    assert_eq!(phone.five(), [0, 0, 0, 2, 0]);
}
