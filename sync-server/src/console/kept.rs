//! A form that was not done: what it held, so that nobody types it twice.

use super::{inside, posted::Fields};
use crate::text::Text as T;
use firebee_domain::id::RequestId;
use std::sync::{Arc, OnceLock};

/// Where a form waits while its request runs: [`super::refused::dress`] puts it into the request, and shows the form again
/// on the page of a refusal.
pub(super) type Slot = Arc<OnceLock<Kept>>;

/// A form as it was sent.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Where it was sent to, a path of this server.
    pub(super) action: String,
    /// Its fields without those that belong to the session, in their order.
    pub(super) fields: Vec<(String, String)>,
    /// The token of the visitor's session; `None` when nobody is signed in.
    pub(super) csrf: Option<String>,
}

/// The field of a form whose texts are kept as they were typed, though a report cannot print all of them (R-386).
pub(super) const AS_TYPED: &str = "as_typed";

/// Whether a form that is sent to this address may be kept, and its texts be looked at.
pub(super) fn is_kept(action: &str) -> bool {
    !NEVER.contains(&action)
}

/// Forms that are never kept: two hold passwords, one the secrets of a robot, one ends the session.
const NEVER: [&str; 4] = ["/password", "/sign-in", "/robots", "/sign-out"];

impl Kept {
    /// What was sent to `action`, unless such a form is never kept.
    pub(super) fn of(action: &str, fields: &Fields, csrf: Option<String>) -> Option<Self> {
        let own = |name: &str| name == "csrf" || name == "kept" || name == AS_TYPED;
        let fields = fields.pairs().filter(|(name, _)| !own(name));
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        is_kept(action).then(|| Self { action: action.to_owned(), fields, csrf })
    }

    /// What the sign-in carries of it.
    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(&(&self.action, &self.fields)).unwrap_or_default()
    }

    /// What the sign-in carried, for the session with this token.
    pub(super) fn read(text: &str, csrf: String) -> Option<Self> {
        let (action, fields): (String, Vec<(String, String)>) = serde_json::from_str(text).ok()?;
        Some(Self { action: inside(Some(&action)), fields, csrf: Some(csrf) })
    }

    /// What the form does, in the words of the work log; `None` where the log has no word for it.
    pub(super) fn act(&self) -> Option<T> {
        let parts: Vec<&str> = self.action.split('/').skip(1).collect();
        Some(match parts.as_slice() {
            ["tasks", _, "review"] => T::LogDecideReview,
            ["tasks", _, "faults", _] => T::LogHandleFault,
            ["tasks", _, "faults", _, "record"] => T::LogRecordFault,
            ["plans", _, "issue"] => T::LogIssuePlan,
            ["plans", _, "ignore"] => T::LogIgnoreItems,
            ["plans", _, "restore"] => T::LogRestoreItems,
            ["plans", _, "recall"] => T::LogRecallItems,
            ["plans", _, "schedule"] => T::LogScheduleItems,
            ["projects", _, "plans"] => T::LogCreatePlan,
            ["projects", _, "years", _] => T::LogPlanYear,
            ["ledger", "next"] => T::LogPlanNext,
            ["projects", _, "plans", _, "delete"] => T::LogDeletePlan,
            ["repairs"] => T::LogAskRepair,
            ["monitoring", _, "repair"] => T::LogTurnEvent,
            ["repairs", _, "close"] => T::LogCloseRepair,
            ["repairs", _, "pass-on"] => T::LogPassOnRepair,
            ["repairs", _, "take-up"] => T::LogTakeUpRepair,
            ["owners"] => T::LogCreateOwner,
            ["owners", _] => T::LogChangeOwner,
            ["owners", _, "delete"] => T::LogDeleteOwner,
            ["contacts"] => T::LogCreateContact,
            ["contacts", _] => T::LogChangeContact,
            ["contacts", _, "delete"] => T::LogDeleteContact,
            ["contracts"] => T::LogCreateContract,
            ["contracts", _] => T::LogChangeContract,
            ["contracts", _, "end"] => T::LogEndContract,
            ["contracts", _, "projects"] => T::LogCreateProject,
            ["projects", _, "edit"] => T::LogChangeProject,
            ["projects", _, "buildings"] | ["projects", _, "buildings", _] => T::LogPutBuilding,
            ["projects", _, "buildings", _, "remove"] => T::LogRemoveBuilding,
            ["projects", _, "systems"] => T::LogTickSystems,
            ["projects", _, "pauses"] => T::LogAskPause,
            ["projects", _, "pauses", _, "withdraw"] => T::LogWithdrawPause,
            ["projects", _, "terminate"] => T::LogTerminateProject,
            ["staff", _, "drop-key"] => T::LogDropDeviceKey,
            ["staff" | "contacts", _, "password"] => T::LogResetPassword,
            ["staff", _, "phone"] => T::LogForceRelease,
            ["staff", _, "close"] => T::LogClosed,
            ["staff", _, "open"] => T::LogOpened,
            _ => return None,
        })
    }

    /// The texts that a person typed, to be read before the form is sent again. Ids, words of choices, numbers and days
    /// are what a page wrote itself.
    pub(super) fn typed(&self) -> Vec<&str> {
        let written =
            |value: &str| value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let values = self.fields.iter().filter(|(name, _)| name != "request").map(|(_, value)| value.as_str());
        values.filter(|value| !value.is_empty() && !written(value)).collect()
    }

    /// Whether the form has the id that makes it have one effect.
    pub(super) fn has_request(&self) -> bool {
        self.fields.iter().any(|(name, value)| name == "request" && value.parse::<RequestId>().is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::of(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_form_goes_through_the_sign_in_without_its_old_token() {
        let sent = fields(&[("csrf", "old"), ("decision", "rejected"), ("opinion", "一\r\n二")]);
        let kept = Kept::of("/tasks/x/review", &sent, None).unwrap();
        let back = Kept::read(&kept.to_text(), "new".into()).unwrap();
        assert_eq!((back.action.as_str(), back.csrf.as_deref()), ("/tasks/x/review", Some("new")));
        assert_eq!(back.fields, [("decision".into(), "rejected".into()), ("opinion".into(), "一\r\n二".into())]);
        assert_eq!(back.typed(), ["一\r\n二"]);
    }

    #[test]
    fn passwords_are_never_kept_and_no_form_leads_to_another_server() {
        assert!(Kept::of("/password", &fields(&[("old", "secret")]), None).is_none());
        assert!(Kept::of("/sign-in", &fields(&[("password", "secret")]), None).is_none());
        let foreign = Kept::read(r#"["https://evil.example/x",[]]"#, "new".into()).unwrap();
        assert_eq!(foreign.action, "/");
        assert!(Kept::read("no form", "new".into()).is_none());
    }
}
