//! The work log in words: who did what, when, to what, and why.

use super::Reader;
use crate::{
    query::log::{AboutRow, LogRow, Noun},
    text::Text as T,
};
use firebee_domain::{fault::Way, id::AccountId};
use firebee_protocol::text::{Arg, When, word};
use serde_json::Value;
use std::collections::HashMap;

/// The act of somebody who has no account.
const CALL: &str = "call_repair";

/// An act.
pub struct LogLine {
    /// When it was done, by the server's clock.
    pub at: When,
    /// The name of who acted.
    pub who: String,
    /// What was done.
    pub what: String,
    /// What it was done to.
    pub about: About,
    /// Why, or with what, as it was typed; empty where nobody said.
    pub why: String,
}

/// What an act was done to.
pub struct About {
    /// Its name.
    pub name: String,
    /// The page that shows it, if there is one.
    pub href: Option<String>,
}

/// An act in words; `names` are those of the firm's accounts.
#[must_use]
pub fn line(reader: Reader<'_>, row: &LogRow, names: &HashMap<AccountId, String>) -> LogLine {
    // A body is JSON as it was written; what cannot be found in it is left out.
    let body: Value = serde_json::from_str(row.act.body.get()).unwrap_or(Value::Null);
    LogLine {
        at: reader.when(row.act.at_ms),
        who: match (&row.who, row.act.account) {
            (Some(name), _) => name.clone(),
            (None, Some(_)) if row.act.kind == CALL => reader.t(T::LogCaller),
            (None, Some(account)) => account.to_string(),
            (None, None) => reader.t(T::LogAdministrator),
        },
        what: what(reader, &row.act.kind, &body),
        about: row.about.as_ref().map_or_else(|| gone(reader), |about| named(reader, about)),
        why: why(reader, &body, names),
    }
}

/// What a kind of act is called.
#[must_use]
pub fn kind(reader: Reader<'_>, kind: &str) -> String {
    let text = match kind {
        "create_account" => T::LogCreateAccount,
        "toggle_account" => T::LogToggleAccount,
        "reset_password" => T::LogResetPassword,
        "change_password" => T::LogChangePassword,
        "certify_person" => T::LogCertifyPerson,
        "enlist_person" => T::LogEnlistPerson,
        "sign_in" => T::LogSignIn,
        "sign_out" => T::LogSignOut,
        "sign_in_console" => T::LogSignInConsole,
        "force_release" => T::LogForceRelease,
        "drop_device_key" => T::LogDropDeviceKey,
        "create_plan" => T::LogCreatePlan,
        "plan_next" => T::LogPlanNext,
        "plan_year" => T::LogPlanYear,
        "issue_plan" => T::LogIssuePlan,
        "recall_items" => T::LogRecallItems,
        "ignore_items" => T::LogIgnoreItems,
        "restore_items" => T::LogRestoreItems,
        "schedule_items" => T::LogScheduleItems,
        "delete_plan" => T::LogDeletePlan,
        "delete_task" => T::LogDeleteTask,
        "decide_review" => T::LogDecideReview,
        "handle_fault" => T::LogHandleFault,
        "record_fault" => T::LogRecordFault,
        "issue_dispatch" => T::LogIssueDispatch,
        "reassign_dispatch" => T::LogReassignDispatch,
        "enter_design" => T::LogEnterDesign,
        "keep_positions" => T::LogKeepPositions,
        "terminate_project" => T::LogTerminateProject,
        "decide_parked" => T::LogDecideParked,
        "hand_over" => T::LogHandOver,
        "hand_over_task" => T::LogHandOverTask,
        "put_fence" => T::LogPutFence,
        "remove_fence" => T::LogRemoveFence,
        "set_witness" => T::LogSetWitness,
        "change_ways" => T::LogChangeWays,
        "keep_instrument" => T::LogKeepInstrument,
        "retire_instrument" => T::LogRetireInstrument,
        "replace_lead" => T::LogReplaceLead,
        "set_cutoff" => T::LogSetCutoff,
        "draw_up_personnel_change" => T::LogDrawUpChange,
        "send_personnel_change" => T::LogSendChange,
        "discard_personnel_change" => T::LogDiscardChange,
        "decide_personnel_change" => T::LogDecideChange,
        "oversee_firm" => T::LogOverseeFirm,
        "make_account" => T::LogMakeAccount,
        "appoint_director" => T::LogAppointDirector,
        "end_session" => T::LogEndSession,
        "import_export" => T::LogImportExport,
        "generate_report" => T::LogGenerateReport,
        "delete_report" => T::LogDeleteReport,
        "file_report" | "file_reports" => T::LogFileReport,
        "add_report_copy" => T::LogAddReportCopy,
        "hand_out_report" => T::LogHandOutReport,
        "void_report" => T::LogVoidReport,
        "restore" => T::LogRestore,
        "delete_contact" => T::LogDeleteContact,
        "renew_key" => T::LogRenewKey,
        other => match of_the_contract(other).or_else(|| of_programs(other)) {
            Some(text) => text,
            // A later program's word is better than none.
            None => return reader.say(T::LogOther, &[("kind", Arg::from(other))]),
        },
    };
    reader.t(text)
}

/// The same, of what the firm's own programs are given.
fn of_programs(kind: &str) -> Option<T> {
    Some(match kind {
        "make_api_token" => T::LogMakeApiToken,
        "revoke_api_token" => T::LogRevokeApiToken,
        "make_robot" => T::LogMakeRobot,
        "change_robot" => T::LogChangeRobot,
        "delete_past_files" => T::LogDeletePastFiles,
        "make_webhook" => T::LogMakeWebhook,
        "change_webhook" => T::LogChangeWebhook,
        "resend_webhook_message" => T::LogResendWebhookMessage,
        _ => return None,
    })
}

/// The same, of what is done outside a plan: owners, contracts, projects, pauses, repair requests.
fn of_the_contract(kind: &str) -> Option<T> {
    Some(match kind {
        "create_owner" => T::LogCreateOwner,
        "change_owner" => T::LogChangeOwner,
        "delete_owner" => T::LogDeleteOwner,
        "create_contact" => T::LogCreateContact,
        "change_contact" => T::LogChangeContact,
        "create_contract" => T::LogCreateContract,
        "change_contract" => T::LogChangeContract,
        "end_contract" => T::LogEndContract,
        "create_project" => T::LogCreateProject,
        "change_project" => T::LogChangeProject,
        "put_building" => T::LogPutBuilding,
        "remove_building" => T::LogRemoveBuilding,
        "take_back_project" => T::LogTakeBackProject,
        "take_back_design" => T::LogTakeBackDesign,
        "put_position" => T::LogPutPosition,
        "remove_position" => T::LogRemovePosition,
        "tick_systems" => T::LogTickSystems,
        "ask_repair" | CALL => T::LogAskRepair,
        "open_repair_door" => T::LogOpenRepairDoor,
        "close_repair_door" => T::LogCloseRepairDoor,
        "order_test" => T::LogOrderTest,
        "turn_event" => T::LogTurnEvent,
        "close_repair" => T::LogCloseRepair,
        "pass_on_repair" => T::LogPassOnRepair,
        "take_up_repair" => T::LogTakeUpRepair,
        "ask_pause" => T::LogAskPause,
        "withdraw_pause" => T::LogWithdrawPause,
        "decide_pause" => T::LogDecidePause,
        "ask_petition" => T::LogAskPetition,
        "decide_petition" => T::LogDecidePetition,
        "record_check" => T::LogRecordCheck,
        _ => return None,
    })
}

/// What was done, with what was chosen where there was a choice.
fn what(reader: Reader<'_>, of: &str, body: &Value) -> String {
    let chosen = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let opened = body.get("enabled").and_then(Value::as_bool);
    match (of, chosen("decision"), chosen("remedy"), opened) {
        ("decide_review", "approved", ..) => reader.t(T::LogApproved),
        ("decide_review", "rejected", ..) => reader.t(T::LogRejected),
        ("decide_parked", "adopted", ..) => reader.t(T::LogAdopted),
        ("decide_parked", "refused", ..) => reader.t(T::LogNotAdopted),
        ("decide_pause", "approved", ..) => reader.t(T::LogApprovedPause),
        ("decide_pause", "rejected", ..) => reader.t(T::LogRejectedPause),
        ("decide_petition", "approved", ..) => reader.t(T::LogApprovedPetition),
        ("decide_petition", "rejected", ..) => reader.t(T::LogRejectedPetition),
        ("decide_personnel_change", "approved", ..) => reader.t(T::LogApprovedChange),
        ("decide_personnel_change", "rejected", ..) => reader.t(T::LogRejectedChange),
        ("toggle_account", _, "open", _) | ("toggle_account", _, _, Some(true)) => reader.t(T::LogOpened),
        ("toggle_account", _, "close", _) | ("toggle_account", _, _, Some(false)) => reader.t(T::LogClosed),
        _ => match (chosen("way").parse::<Way>(), amount(reader, body)) {
            (Ok(way), _) => with(reader, of, word::way(reader.language, way)),
            (Err(_), Some(amount)) => with(reader, of, amount),
            (Err(_), None) => kind(reader, of),
        },
    }
}

fn with(reader: Reader<'_>, of: &str, detail: String) -> String {
    reader.say(T::LogWith, &[("what", Arg::from(kind(reader, of))), ("detail", Arg::from(detail))])
}

/// How many items and facilities were chosen.
fn amount(reader: Reader<'_>, body: &Value) -> Option<String> {
    let count = |key: &str| body.get(key).and_then(Value::as_array).map_or(0, Vec::len);
    let counts = [(count("items"), T::LogItems), (count("facilities"), T::LogFacilities)];
    let told = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, text)| reader.n(text, count));
    let told = word::join(reader.language, told);
    (!told.is_empty()).then_some(told)
}

/// Why: the words that somebody typed; otherwise to whom, for when, or by which phone.
fn why(reader: Reader<'_>, body: &Value, names: &HashMap<AccountId, String>) -> String {
    let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    if let Some(typed) = ["opinion", "explanation", "reason"].into_iter().find_map(text) {
        return typed.to_owned();
    }
    let executor = text("executor").or_else(|| text("team_lead")).and_then(|id| names.get(&id.parse().ok()?));
    if let Some(name) = executor {
        return reader.say(T::LogTo, &[("name", Arg::from(name))]);
    }
    let number = |key: &str| body.get(key).and_then(Value::as_u64);
    if let Some((facts, blobs)) = number("unsent_facts").zip(number("unsent_blobs")) {
        return reader.say(T::LogGivenUp, &[("facts", Arg::from(facts)), ("blobs", Arg::from(blobs))]);
    }
    ["month", "planned_for", "position", "name", "system", "app"]
        .into_iter()
        .filter_map(text)
        .collect::<Vec<_>>()
        .join(" · ")
}

fn named(reader: Reader<'_>, about: &AboutRow) -> About {
    let (text, href) = match about.noun {
        Noun::Firm => (T::LogFirm, None),
        Noun::Account => (T::LogAccount, Some(format!("/log?account={}", about.id))),
        Noun::Person => (T::LogPerson, None),
        Noun::Store => (T::LogStore, Some(format!("/devices/notes?store={}", about.id))),
        Noun::Project => (T::LogProject, Some(format!("/projects/{}", about.id))),
        Noun::Plan => (T::LogPlan, Some(format!("/plans/{}", about.id))),
        Noun::Owner => (T::LogOwner, Some(format!("/owners/{}", about.id))),
        Noun::Contract => (T::LogContract, Some(format!("/contracts/{}", about.id))),
        Noun::Contact => (T::LogContact, Some(format!("/contacts/{}", about.id))),
        Noun::Repair => (T::LogRepair, Some(format!("/repairs/{}", about.id))),
        Noun::Task => (T::LogTask, Some(format!("/tasks/{}", about.id))),
    };
    About { name: reader.say(text, &[("name", Arg::from(&about.name))]), href }
}

/// What is not there any more, such as a plan that was deleted.
fn gone(reader: Reader<'_>) -> About {
    About { name: reader.t(T::LogGone), href: None }
}
