//! Signing in: one account, one phone.

use crate::demo::{
    fail::StoryError,
    phone::Phone,
    report::Login,
    stage::{Cast, Stage},
    text::Text,
};
use firebee_client::session::SignInError;
use firebee_protocol::text::Text as Shared;
use firebee_server::clock::china_minute;

/// Three phones sign in; a fourth claims an account that is held.
///
/// # Errors
/// A phone cannot sign in, or the fourth can.
pub async fn sign_in(stage: &mut Stage<'_>) -> Result<Cast, StoryError> {
    let operators = vec![
        stage.phone("one", Text::DemoOperatorOne, Text::DemoDeviceOne)?,
        stage.phone("other", Text::DemoOperatorOther, Text::DemoDeviceOther)?,
    ];
    let lead = stage.phone("lead", Text::DemoLead, Text::DemoDeviceLead)?;
    let cast = Cast { operators, lead, retired: Vec::new() };
    let lead = &stage.firm.lead;
    cast.lead.sign_in(lead).await.map_err(StoryError::at("sign the lead in"))?;
    for (number, phone) in cast.operators.iter().enumerate() {
        phone.sign_in(stage.login(number)?).await.map_err(StoryError::at("sign an operator in"))?;
    }
    stage.settle(&cast).await?;
    for phone in &cast.operators {
        let plans = phone.client.projects().issued(None).map_err(StoryError::at("read what is issued"))?;
        let items: usize = plans.iter().map(|plan| plan.items.len()).sum();
        let (name, device) = (&phone.holder, &phone.device);
        stage
            .teller
            .tell(Text::DemoSignedIn, &[("name", name.into()), ("device", device.into()), ("items", items.into())]);
    }
    let (name, device) = (&cast.lead.holder, &cast.lead.device);
    stage.teller.tell(Text::DemoLeadSignedIn, &[("name", name.into()), ("device", device.into())]);
    let second = stage.phone("second", Text::DemoOperatorOne, Text::DemoDeviceSecond)?;
    let login = stage.login(0)?.clone();
    let reason = refused(stage, &second, &login).await?;
    stage.teller.tell(Text::DemoSecondPhone, &[("name", (&second.holder).into()), ("reason", reason.into())]);
    Ok(cast)
}

/// A phone claims an account that another one holds, and is refused. Gives the sentence.
///
/// # Errors
/// It is not refused, or for another reason.
pub async fn refused(stage: &mut Stage<'_>, phone: &Phone, login: &Login) -> Result<String, StoryError> {
    match phone.sign_in(login).await {
        Err(SignInError::Elsewhere(held)) => {
            let unsent = held.unsent.facts + held.unsent.blobs;
            let values = [
                ("device", (&held.device).into()),
                ("last_seen", china_minute(held.last_seen).into()),
                ("unsent", unsent.into()),
            ];
            stage.report.devices.refused += 1;
            Ok(stage.teller.say_with(Shared::ProblemSignedInElsewhere, &values))
        }
        Err(error) => Err(StoryError::at("be refused as the second phone")(error)),
        Ok(()) => Err(StoryError::new("be refused as the second phone", "the account was given away")),
    }
}
