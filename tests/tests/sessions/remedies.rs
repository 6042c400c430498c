//! What helps when a password is forgotten or a phone is lost.

use crate::both;
use axum::http::StatusCode;
use firebee_domain::{code::Code, id::StoreId};
use firebee_protocol::session::{PasswordRequest, RefreshReply};
use firebee_server::{
    office::{
        account::reset_password::reset_password,
        session::{drop_key::drop_key, force_release::force_release},
    },
    sql,
};
use firebee_tests::house::{House, PASSWORD, Phone};
use uuid::Uuid;

both!(
    r_374_a_forgotten_password_is_replaced_and_the_phone_asks_for_another,
    r_034_a_lost_phone_is_fenced_off_and_another_signs_in,
    a_stolen_phone_is_refused_for_ever_and_what_is_given_up_is_told,
);

async fn r_374_a_forgotten_password_is_replaced_and_the_phone_asks_for_another(house: House) {
    let signed_in = Phone::signed_in(&house, "ma").await;
    for _ in 0..5 {
        Phone { password: "wrong".into(), ..Phone::new("ma") }.claim(&house).await;
    }
    let made = reset_password(&house.app.office, " ma ", None).await.unwrap();
    let old = Phone { password: PASSWORD.into(), ..signed_in.clone() }.claim(&house).await;
    assert_eq!(old.problem(), (401, "sign_in_failed".into()));
    let claims = async |password: &str| {
        let answer = Phone { password: password.into(), ..signed_in.clone() }.claim(&house).await;
        if answer.status == 200 { (200, String::new()) } else { answer.problem() }
    };
    let must_change = sql!("SELECT must_change FROM account WHERE login = 'ma'");
    assert_eq!(claims(&made).await, (422, "password_change_required".into()), "and no wait");
    assert_eq!(house.number(must_change).await, 1);
    let change = async |login: &str, old: &str, new: &str| {
        let body = PasswordRequest { login: login.into(), old: old.into(), new: new.into(), by: None };
        let answer = house.send(house.post("/v1/session/password", &body)).await;
        if answer.status == 204 { (204, String::new()) } else { answer.problem() }
    };
    for (login, old, new, told) in [
        ("ma", PASSWORD, "six blue pumps", (401, "sign_in_failed")),
        ("nobody", PASSWORD, "six blue pumps", (401, "sign_in_failed")),
        ("ma", &made, "short", (422, "password_too_short")),
        ("ma", &made, "password", (422, "password_too_common")),
        ("ma", &made, &made, (422, "password_same")),
        ("ma", &made, &"long ".repeat(100), (422, "text_too_long")),
    ] {
        assert_eq!(change(login, old, new).await, (told.0, told.1.to_owned()), "{login} {new}");
    }
    assert_eq!(house.number(must_change).await, 1);
    assert_eq!(change(" ma ", &made, "six blue pumps").await.0, 204);
    assert_eq!(claims(&made).await, (401, "sign_in_failed".into()), "the manager knows it no more");
    assert_eq!(claims("six blue pumps").await.0, 200);
    let noted = house.acts("change_password").await;
    assert_eq!(noted.len(), 1);
    assert_eq!((noted[0].account, noted[0].body.get()), (Some(signed_in.given().account), "{}"));
    let again = reset_password(&house.app.office, "ma", Some("three red pumps".into())).await.unwrap();
    assert_eq!(again, "three red pumps");
    let code = async |login: &str, given: &str| {
        reset_password(&house.app.office, login, Some(given.into())).await.unwrap_err().code()
    };
    assert_eq!(code("nobody", "three red pumps").await, Code::AccountUnknown);
    assert_eq!(code("ma", "password").await, Code::PasswordTooCommon);
    let noted = house.acts("reset_password").await;
    assert_eq!(noted.len(), 2);
    assert!(noted.iter().all(|act| act.account.is_none() && act.body.get() == "{}"), "the work log has no password");
}

async fn r_034_a_lost_phone_is_fenced_off_and_another_signs_in(house: House) {
    let mut lost = Phone::signed_in(&house, "ma").await;
    let mut new = Phone::new("ma");
    assert_eq!(new.claim(&house).await.problem(), (409, "signed_in_elsewhere".into()));
    let unsaid = force_release(&house.app.office, "ma", " ").await.unwrap_err().code();
    assert_eq!(unsaid, Code::TextRequired);
    let holder = force_release(&house.app.office, "ma", "lost").await.unwrap().unwrap();
    assert_eq!((holder.store, holder.device), (lost.store_id, lost.name.clone()));
    assert_eq!(force_release(&house.app.office, "ma", "lost").await, Ok(None), "twice is once");
    assert_eq!(lost.pull(&house).await.problem(), (409, "fenced".into()));
    assert_eq!(lost.refresh(&house).await.json::<RefreshReply>().late, Some(Code::Fenced.into()));
    assert_eq!(lost.pull(&house).await.problem(), (409, "fenced".into()), "the late token opens push and blobs");
    assert_eq!(new.claim(&house).await.status, 200);
    assert_eq!((lost.given().epoch, new.given().epoch), (1, 3));
    assert_eq!(new.pull(&house).await.status, 200);
    // The lost phone comes back: once the other has signed out it claims anew, and what it recorded counts.
    lost.claim_id = Phone::new("ma").claim_id;
    assert_eq!(lost.claim(&house).await.problem(), (409, "signed_in_elsewhere".into()));
    new.release(&house).await;
    assert_eq!((lost.claim(&house).await.status, lost.given().epoch), (StatusCode::OK, 4));
    let mut device = lost.device(&house.firm);
    device.start_task(&house.firm, house.firm.items_of(0), house.firm.assignments[0]);
    let reply = device.push_from(&house.firm, 1).await;
    assert_eq!((reply.acked_through, reply.results), (1, vec![]));
    let unknown = force_release(&house.app.office, "nobody", "lost").await.unwrap_err().code();
    assert_eq!(unknown, Code::AccountUnknown);
    assert_eq!(house.acts("force_release").await.len(), 1);
}

async fn a_stolen_phone_is_refused_for_ever_and_what_is_given_up_is_told(house: House) {
    let mut stolen = Phone::new("ma");
    stolen.head.seq = 7;
    assert_eq!(stolen.claim(&house).await.status, 200);
    let dropped = drop_key(&house.app.office, stolen.store_id).await.unwrap();
    assert_eq!((dropped.device, dropped.unsent_facts), (stolen.name.clone(), 7));
    let revoked = (403, "store_revoked".into());
    assert_eq!(stolen.pull(&house).await.problem(), revoked);
    assert_eq!(stolen.refresh(&house).await.problem(), revoked);
    assert_eq!(stolen.claim(&house).await.problem(), revoked);
    let succeeds = Phone::new("ma").claim_request(Some(&stolen));
    assert_eq!(house.send(house.post("/v1/session/claim", &succeeds)).await.problem(), revoked, "no way around it");
    Phone::signed_in(&house, "ma").await;
    let unknown = drop_key(&house.app.office, StoreId(Uuid::from_u128(5))).await.unwrap_err().code();
    assert_eq!(unknown, Code::NotFound);
    let noted = house.acts("drop_device_key").await;
    assert_eq!(noted.len(), 1);
    assert!(noted[0].body.get().contains("\"unsent_facts\":7"), "{noted:?}");
}
