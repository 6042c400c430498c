//! `firebee admin create-authority` and `oversee-firm`: the fire service and the firms that it oversees.

use super::sentence;
use crate::{
    office::{
        authority::{AuthorityFile, found},
        firm::{OverseeError, oversee},
    },
    state::App,
};
use std::path::Path;

/// Founds the fire service that a file describes, or adds to it. Passwords are shown this once.
pub(super) async fn create(app: &App, from: &Path, password: Option<String>) -> Result<(), String> {
    let text = std::fs::read_to_string(from).map_err(|error| format!("{} cannot be read: {error}", from.display()))?;
    let file: AuthorityFile =
        serde_json::from_str(&text).map_err(|error| format!("{} is not as it should be: {error}", from.display()))?;
    let given = password.is_some();
    let made = found(&app.office, file, (password, false)).await;
    for account in made.map_err(|error| format!("nothing was created: {}\n{error}", sentence(&error)))? {
        let password = if given { "(as given)" } else { account.password.as_str() };
        println!("account login {} password {password}", account.login);
    }
    Ok(())
}

/// Puts a firm into the jurisdiction of a unit.
pub(super) async fn oversee_firm(app: &App, organisation: &str, unit: &str) -> Result<(), String> {
    oversee(&app.office, organisation, unit).await.map_err(|error| match error {
        OverseeError::NotFound => "no firm, or not one only, has this name, or no unit has".to_owned(),
        other => sentence(&other),
    })?;
    println!("{organisation} lies in the jurisdiction of {unit}");
    Ok(())
}
