use super::*;
use crate::{
    journal::{OpenTrack, RetireReason},
    sync::tests::{FakeServer, Fault, Phone},
    work::{Seat, Trouble},
};
use firebee_domain::{
    code::Code,
    id::{BootId, TaskId},
    track::{Fix, Provider},
};
use serde_json::{Value, json};
use uuid::Uuid;

/// a claim whose answer was lost is the same claim when it is repeated, also after the app was killed.
#[tokio::test]
async fn r_034_a_lost_answer_to_a_claim_is_repeated_with_the_same_claim() {
    let phone = Phone::new(&FakeServer::new());
    phone.server.fault("POST /v1/session/claim", Fault::LoseReply);
    let lost = phone.client.session().sign_in("li", "correct").await.unwrap_err();
    assert_eq!(lost.code(), Code::NetworkError);
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
    assert_eq!(error.code(), Code::SignedInElsewhere);
    first.client.session().sign_out().await.unwrap();
    assert_eq!(second.client.session().sign_in("li", "correct").await.unwrap().epoch, 2);
}

#[tokio::test]
async fn a_wrong_password_signs_nobody_in_and_nothing_can_be_recorded() {
    let phone = Phone::new(&FakeServer::new());
    let error = phone.client.session().sign_in("li", "wrong").await.unwrap_err();
    assert_eq!(error.code(), Code::SignInFailed);
    assert_eq!(phone.client.session().state().unwrap().unwrap().account, None);
    phone.client.session().sign_in("li", "correct").await.unwrap();
}

/// the phone asks for another password, keeps none, and signs in with the new one. A lost answer may have been a
/// yes.
#[tokio::test]
async fn r_374_a_password_that_somebody_else_set_is_changed_on_the_phone() {
    let phone = Phone::new(&FakeServer::new());
    let session = phone.client.session();
    assert_eq!(session.change_password("correct", "three red pumps").await.unwrap_err().code, Code::NotSignedIn);
    phone.server.world().must_change = true;
    let refused = session.sign_in("li", "correct").await.unwrap_err();
    assert_eq!(refused.code(), Code::PasswordChangeRequired);
    assert_eq!(session.change_password("wrong", "three red pumps").await.unwrap_err().code, Code::SignInFailed);
    phone.server.fault("POST /v1/session/password", Fault::LoseReply);
    let lost = session.change_password("correct", "three red pumps").await.unwrap_err();
    assert_eq!(lost.code, Code::NetworkError);
    assert_eq!(session.sign_in("li", "correct").await.unwrap_err().code(), Code::SignInFailed);
    session.sign_in("li", "three red pumps").await.unwrap();
    phone.record(1);
    session.change_password("three red pumps", "four red pumps").await.unwrap();
    phone.sync().await.unwrap();
    assert_eq!(session.state().unwrap().unwrap().state, ClaimState::SignedIn, "a signed-in phone stays signed in");
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
    assert_eq!(
        phone.client.session().sign_in("li", "correct").await,
        Err(SignInError::Retired { reason: RetireReason::Diverged })
    );
}

#[tokio::test]
async fn a_claim_that_was_spent_is_made_anew_once() {
    let phone = Phone::new(&FakeServer::new());
    phone.server.fault("POST /v1/session/claim", Fault::Refuse(409, Code::ClaimSpent, Value::Null));
    phone.client.session().sign_in("li", "correct").await.unwrap();
    assert_eq!(phone.server.world().count("POST /v1/session/claim"), 2);
}

#[tokio::test]
async fn a_journal_takes_no_second_account() {
    let phone = Phone::signed_in().await;
    let error = phone.client.session().sign_in("wang", "correct").await.unwrap_err();
    assert_eq!(error.code(), Code::StoreOfOtherAccount);
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
    assert_eq!(phone.sync().await, Err(Code::NotSignedIn.into()));
    assert_eq!(phone.client.session().sign_in("li", "correct").await.unwrap().epoch, 1, "the same store again");
    phone.sync().await.unwrap();
}

#[tokio::test]
async fn a_release_whose_answer_was_lost_is_repeated() {
    let phone = Phone::signed_in().await;
    phone.server.fault("POST /v1/session/release", Fault::LoseReply);
    assert_eq!(phone.client.session().sign_out().await.unwrap_err().code(), Code::NetworkError);
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

/// What is not sealed of a track cannot be sent: it is neither left behind nor ended behind somebody's back.
#[tokio::test]
async fn signing_out_is_refused_while_a_track_runs_or_a_fix_is_not_sealed() {
    let phone = Phone::signed_in().await;
    let journal = &phone.client.core().journal;
    let track = OpenTrack { task: TaskId(Uuid::nil()), boot_id: BootId(Uuid::nil()), replayed: false, since_seq: 0 };
    journal.write::<_, JournalError>("test", |tx| tx.put_track(&track)).unwrap();
    assert_eq!(phone.client.session().sign_out().await, Err(SignOutError::TrackRunning));
    let fix = Fix { boot_ms: 1, lat_e6: 1, lon_e6: 1, accuracy_m: 1, provider: Provider::Gnss, mock: false };
    journal.write::<_, JournalError>("test", |tx| tx.close_track().and_then(|()| tx.put_fixes(&[fix]))).unwrap();
    assert_eq!(phone.client.session().sign_out().await.unwrap_err().code(), Code::TrackRunning);
    assert_eq!(phone.server.world().count("POST /v1/session"), 1, "nothing was asked of the server but the claim");
    journal.write::<_, JournalError>("test", |tx| tx.drop_fixes(1)).unwrap();
    phone.client.session().sign_out().await.unwrap();
}

/// An act that comes between the look and the release is refused; what a lane notes meanwhile keeps the session.
#[tokio::test]
async fn nothing_is_captured_while_the_account_is_released() {
    let phone = Phone::signed_in().await;
    let account = phone.server.world().account;
    let session = json!({
        "account": account, "organisation": account, "organisation_name": "firm", "name": "Li", "person": account,
        "category": "field_operator", "registrations": [],
    });
    phone.server.world().publish("session", &account.to_string(), Some(session));
    phone.sync().await.unwrap();
    let act = || Seat::at(phone.client.desk().clone()).act::<_, Trouble>("test", |_| Ok(()));
    act().unwrap();
    phone.server.fault("POST /v1/session/release", Fault::LoseRequest);
    let meanwhile = async {
        while phone.server.world().count("POST /v1/session/nonce") == 0 {
            tokio::task::yield_now().await;
        }
        act()
    };
    let sessions = phone.client.session();
    let (lost, acted) = tokio::join!(sessions.sign_out(), meanwhile);
    assert_eq!((lost.unwrap_err().code().known(), acted), (Some(Code::NetworkError), Err(Trouble::NotSignedIn)));
    act().unwrap();
    let meanwhile = async {
        while phone.server.world().count("POST /v1/session/nonce") == 1 {
            tokio::task::yield_now().await;
        }
        phone.record(1);
    };
    let (refused, ()) = tokio::join!(sessions.sign_out(), meanwhile);
    assert_eq!(refused, Err(SignOutError::UnsentData(Unsent { facts: 1, blobs: 0 })));
    assert_eq!(sessions.state().unwrap().unwrap().state, ClaimState::SignedIn);
    assert_eq!(phone.five().iter().sum::<u64>(), 1);
}
