//! The one answer to every question of permission. `permissions.csv` holds the expected answers, written by hand from
//! the rules; a test compares each cell.

use super::{Action, Actor, Relation, Role, Subject};
use crate::code::Code;

/// Why an action is not permitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The account is closed. Facts that its phone recorded before are judged by their scope as of capture.
    #[error("the account is disabled")]
    AccountDisabled,
    /// The subject belongs to another organisation.
    #[error("it belongs to another organisation")]
    OtherOrganisation,
    /// Neither the actor's role nor its relations to the subject permit the action.
    #[error("not permitted")]
    NotPermitted,
}

impl Denied {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::AccountDisabled => Code::AccountDisabled,
            Self::OtherOrganisation => Code::OtherOrganisation,
            Self::NotPermitted => Code::NotPermitted,
        }
    }
}

/// Whether `actor` may do `action` to `subject`. Everything that no rule permits is denied.
pub fn may(actor: &Actor, action: Action, subject: &Subject) -> bool {
    permit(actor, action, subject).is_ok()
}

/// As [`may`], with the reason of a denial.
pub fn permit(actor: &Actor, action: Action, subject: &Subject) -> Result<(), Denied> {
    if !actor.enabled {
        return Err(Denied::AccountDisabled);
    }
    if actor.role.is_staff() && actor.organisation != Some(subject.organisation) {
        return Err(Denied::OtherOrganisation);
    }
    let permitted = actor.roles().any(|role| match role {
        Role::FieldOperator => executes(action, subject),
        Role::ProjectLead => executes(action, subject) || leads(action, subject),
        Role::CompanyManager => manages(action) || delivers(action, subject),
        Role::TechnicalDirector => directs(action),
        Role::OwnerContact => subject.is(Relation::OwnerOfBuilding) && owns(action),
        Role::Regulator => subject.is(Relation::Jurisdiction) && oversees(action),
        Role::Admin => administers(action),
    });
    if permitted { Ok(()) } else { Err(Denied::NotPermitted) }
}

/// an executor sees the projects assigned to it and writes in its own tasks only. An executor can
/// read its own tasks after the assignment has ended.
fn executes(action: Action, subject: &Subject) -> bool {
    use Action as A;
    let (own, assigned) = (subject.is(Relation::Own), subject.is(Relation::Assigned));
    match action {
        A::ReadCrew => true,
        A::ReadProject | A::ReadHistory | A::StartTask => assigned,
        A::ReadTask | A::ReadPhoto | A::ReadApprovedPhoto | A::ReadFault => own || assigned,
        A::ReadAssignment | A::ReadOriginal | A::ReadSelfie | A::ReadTrack | A::ReadParked | A::ReadDevice => own,
        A::ReadDispatch | A::ExecuteDispatch => own,
        A::ChangeTaskItems | A::DescribeTask | A::RecordResult | A::TakePhoto | A::WithdrawPhoto => own,
        A::ConfirmRestore | A::TakeWitness | A::RecordTrack | A::SubmitTask | A::DiscardTask => own,
        A::HandOverTask | A::NoteDevice => own,
        _ => false,
    }
}

/// a lead plans, issues, reviews and handles faults in the projects it leads. The
/// personnel list is open to it because issuing chooses from it.
fn leads(action: Action, subject: &Subject) -> bool {
    use Action as A;
    match action {
        A::ReadOrganisation | A::ReadPersonnel | A::ReadAccounts => true,
        A::ReadOwner | A::ReadContract | A::ReadProject | A::ReadPlan | A::ReadAssignment => subject.is(Relation::Lead),
        A::ReadTask | A::ReadDiscardedTask | A::ReadPhoto | A::ReadApprovedPhoto => subject.is(Relation::Lead),
        A::ReadOriginal | A::ReadSelfie | A::ReadTrack | A::ReadDevice => subject.is(Relation::Lead),
        A::ReadFault | A::ReadHistory | A::ReadReviewQueue | A::ReadParked => subject.is(Relation::Lead),
        A::CreatePlan | A::IssuePlan | A::IgnoreItem | A::DeletePlan => subject.is(Relation::Lead),
        A::ReadDispatch | A::ReadUntoldDispatch | A::IssueDispatch => subject.is(Relation::Lead),
        A::ReadReport | A::ReadLooks | A::ReadRepair | A::GenerateReport => subject.is(Relation::Lead),
        A::ReadCaller | A::KeepNotice | A::TakeEvidence => subject.is(Relation::Lead),
        A::ReadMonitoring | A::TurnEvent => subject.is(Relation::Lead),
        A::RequestOperationChange => subject.is(Relation::Lead),
        A::ReviewTask | A::HandleFault | A::DeleteTask | A::AdoptParked | A::HandOverTask => subject.is(Relation::Lead),
        _ => false,
    }
}

/// a manager sees everything of its organisation and runs its office, but neither changes the
/// personnel list, nor reviews, nor writes evidence.
const fn manages(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::ReadOrganisation
            | A::ReadPersonnel
            | A::ReadPersonnelFile
            | A::RequestPersonnelChange
            | A::ReadCrew
            | A::EditInstruments
            | A::ChangeWays
            | A::ManagePrograms
            | A::DeletePastFiles
            | A::ReadAccounts
            | A::ReadOwner
            | A::ReadContract
            | A::ReadProject
            | A::ReadPlan
            | A::ReadAssignment
            | A::ReadTask
            | A::ReadDiscardedTask
            | A::ReadPhoto
            | A::ReadApprovedPhoto
            | A::ReadOriginal
            | A::TakeEvidence
            | A::ReadSelfie
            | A::ReadTrack
            | A::ReadFault
            | A::ReadDispatch
            | A::ReadUntoldDispatch
            | A::ReadHistory
            | A::ReadReviewQueue
            | A::ReadParked
            | A::ListDevices
            | A::ReadDevice
            | A::ReadWorkLog
            | A::CreateAccount
            | A::ToggleAccount
            | A::ResetPassword
            | A::AppointDirector
            | A::ForceRelease
            | A::DropDeviceKey
            | A::ImportExport
            | A::CreateOwner
            | A::CreateContract
            | A::CreateProject
            | A::EditProject
            | A::TerminateProject
            | A::RequestPause
            | A::RequestSpecialSite
            | A::ReadReadings
            | A::AdoptParked
            | A::DeclareBlobLost
            | A::HandleFault
            | A::IssueDispatch
            | A::DeleteTask
            | A::CreatePlan
            | A::IssuePlan
            | A::IgnoreItem
            | A::DeletePlan
            | A::ReadReport
            | A::ReadLooks
            | A::ReadMonitoring
            | A::TurnEvent
            | A::ReadRepair
            | A::ReadCaller
            | A::KeepNotice
            | A::GenerateReport
    )
}

/// what a panel tells is delivered by a token that was made for it, and by nothing else: nobody types events.
fn delivers(action: Action, subject: &Subject) -> bool {
    action == Action::DeliverMonitoring && subject.is(Relation::Delivering)
}

/// the technical director reads what a review needs, reviews, handles the faults that stand before
/// an approval, and alone files reports.
const fn directs(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::ReadOrganisation
            | A::ReadPersonnel
            | A::ReadCrew
            | A::EditInstruments
            | A::ReadOwner
            | A::ReadContract
            | A::ReadProject
            | A::ReadPlan
            | A::ReadAssignment
            | A::ReadTask
            | A::ReadPhoto
            | A::ReadApprovedPhoto
            | A::ReadOriginal
            | A::ReadSelfie
            | A::ReadTrack
            | A::ReadFault
            | A::ReadDispatch
            | A::ReadUntoldDispatch
            | A::ReadHistory
            | A::ReadReviewQueue
            | A::ReadDevice
            | A::ReviewTask
            | A::HandleFault
            | A::ReadMonitoring
            | A::ReadReport
            | A::ReadRepair
            | A::FileReport
            | A::RequestOperationChange
    )
}

/// an owner contact sees its own unit's projects, plans, faults and reports; of photos those of approved tasks
/// only. It asks for repairs, and has first what strangers ask for.
const fn owns(action: Action) -> bool {
    use Action as A;
    let work = matches!(action, A::ReadPlan | A::ReadApprovedPhoto | A::ReadFault | A::ReadReport);
    let repairs = matches!(action, A::ReadRepair | A::ReadCaller | A::AskRepair | A::KeepNotice | A::TurnEvent);
    work || repairs || matches!(action, A::ReadOwner | A::ReadProject | A::ReadMonitoring)
}

/// a regulator reads what lies in its jurisdiction, evidence included. It decides pauses, special
/// sites, operation changes, changes of people and the applications of firms, and records what it sampled and checked.
const fn oversees(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::ReadOrganisation
            | A::ReadPersonnel
            | A::ReadPersonnelFile
            | A::ReadOwner
            | A::ReadContract
            | A::ReadProject
            | A::ReadPlan
            | A::ReadTask
            | A::ReadPhoto
            | A::ReadApprovedPhoto
            | A::ReadOriginal
            | A::TakeEvidence
            | A::ReadSelfie
            | A::ReadTrack
            | A::ReadFault
            | A::ReadDispatch
            | A::ReadUntoldDispatch
            | A::ReadHistory
            | A::ReadMonitoring
            | A::ReadReport
            | A::DecidePause
            | A::DecideSpecialSite
            | A::DecideOperationChange
            | A::RecordCheck
            | A::DrawSample
            | A::ReadReadings
            | A::DecidePersonnelChange
            | A::DecideApplication
    )
}

/// The administrator sets an organisation up from the server's own command line and looks after phones; it reads no
/// evidence and writes none.
const fn administers(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::ReadOrganisation
            | A::ReadPersonnel
            | A::ReadAccounts
            | A::ListDevices
            | A::ReadDevice
            | A::ReadWorkLog
            | A::ReadReadings
            | A::CreateOrganisation
            | A::EditPersonnel
            | A::CreateAccount
            | A::ToggleAccount
            | A::ResetPassword
            | A::AppointDirector
            | A::ForceRelease
            | A::DropDeviceKey
            | A::ImportExport
            | A::CreateOwner
            | A::CreateContract
            | A::CreateProject
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::tests::account,
        id::{AccountId, OrganisationId},
    };
    use strum::VariantArray;
    use uuid::Uuid;

    const TABLE: &str = include_str!("permissions.csv");
    const HEADER: &str =
        "role,action,own,assigned,lead,same_organisation,jurisdiction,owner_of_building,delivering,none";

    fn ours() -> OrganisationId {
        OrganisationId(Uuid::from_u128(1))
    }

    fn theirs() -> OrganisationId {
        OrganisationId(Uuid::from_u128(2))
    }

    fn actor(role: Role) -> Actor {
        Actor::of(&account(role), None)
    }

    /// A subject with the single relation `relation`. A relation of staff puts the subject into the actor's
    /// organisation; any other relation puts it outside.
    fn subject(relation: Relation) -> Subject {
        let inside = !matches!(relation, Relation::Jurisdiction | Relation::OwnerOfBuilding | Relation::None);
        Subject::of(if inside { ours() } else { theirs() }, &[relation])
    }

    fn relations(list: &[Relation]) -> Subject {
        Subject::of(ours(), list)
    }

    /// R-032 and every rule of permission: the hand-written table has each cell once, and `may` answers each as it
    /// says.
    #[test]
    fn may_answers_every_cell_of_the_hand_written_table() {
        let mut lines = TABLE.lines();
        assert_eq!(lines.next(), Some(HEADER));
        let words: Vec<_> = Relation::VARIANTS.iter().map(<&str>::from).collect();
        assert_eq!(HEADER, format!("role,action,{}", words.join(",")));
        let mut wrong = vec![];
        let all = |role| Action::VARIANTS.iter().map(move |action| (role, *action));
        for (role, action) in Role::VARIANTS.iter().copied().flat_map(all) {
            let line = lines.next().unwrap_or_default();
            let start = format!("{},{},", <&str>::from(role), <&str>::from(action));
            let cells: Vec<_> =
                line.strip_prefix(&start).unwrap_or_else(|| panic!("{line} is not {start}…")).split(',').collect();
            assert_eq!(cells.len(), Relation::VARIANTS.len(), "{line}");
            for (cell, relation) in cells.iter().zip(Relation::VARIANTS) {
                assert!(matches!(*cell, "yes" | "no"), "{line}");
                if may(&actor(role), action, &subject(*relation)) != (*cell == "yes") {
                    wrong.push(format!("{start}{}: the table says {cell}", <&str>::from(relation)));
                }
            }
        }
        assert_eq!(lines.next(), None);
        assert_eq!(wrong, Vec::<String>::new());
    }

    /// a closed account may do nothing, whatever its role and relations.
    #[test]
    fn r_033_a_disabled_account_may_do_nothing() {
        for role in Role::VARIANTS {
            let closed = Actor { enabled: false, ..actor(*role) };
            for action in Action::VARIANTS {
                assert_eq!(permit(&closed, *action, &relations(Relation::VARIANTS)), Err(Denied::AccountDisabled));
            }
        }
    }

    /// staff neither see nor change anything of another organisation, whatever their relations.
    #[test]
    fn r_032_another_organisation_is_closed_to_all_staff() {
        let foreign = Subject::of(theirs(), Relation::VARIANTS);
        for role in Role::VARIANTS.iter().copied().filter(|role| role.is_staff()) {
            let director = Actor { technical_director: true, ..actor(role) };
            let homeless = Actor { organisation: None, ..director.clone() };
            for action in Action::VARIANTS {
                assert_eq!(permit(&director, *action, &foreign), Err(Denied::OtherOrganisation), "{role:?} {action:?}");
                assert_eq!(permit(&homeless, *action, &foreign), Err(Denied::OtherOrganisation), "{role:?} {action:?}");
            }
        }
    }

    /// only the executor writes evidence into a task, whatever the role of the others.
    #[test]
    fn r_035_only_its_executor_writes_in_a_task() {
        use Action as A;
        let all_but_own = relations(&[Relation::Assigned, Relation::Lead, Relation::SameOrganisation]);
        for role in Role::VARIANTS.iter().copied() {
            for action in [A::RecordResult, A::TakePhoto, A::RecordTrack, A::SubmitTask, A::DiscardTask] {
                let director = Actor { technical_director: true, ..actor(role) };
                assert!(!may(&director, action, &all_but_own), "{role:?} {action:?}");
            }
        }
    }

    /// the appointment adds the director's rights to those of the category and takes none away.
    #[test]
    fn r_150_the_directors_appointment_adds_rights_to_a_category() {
        let manager = actor(Role::CompanyManager);
        let appointed = Actor { technical_director: true, ..manager.clone() };
        let task = relations(&[]);
        assert_eq!(permit(&manager, Action::ReviewTask, &task), Err(Denied::NotPermitted));
        assert!(may(&appointed, Action::ReviewTask, &task));
        for action in Action::VARIANTS {
            assert!(!may(&manager, *action, &task) || may(&appointed, *action, &task), "{action:?}");
        }
        let id = manager.account;
        assert!(Actor::of(&account(Role::CompanyManager), Some(id)).technical_director);
        assert!(!Actor::of(&account(Role::CompanyManager), Some(AccountId(Uuid::from_u128(9)))).technical_director);
    }

    /// events are delivered by a token with that scope alone: a manager at the console delivers none.
    #[test]
    fn r_392_events_are_delivered_by_a_token_with_that_scope_alone() {
        for role in Role::VARIANTS.iter().copied() {
            for relation in Relation::VARIANTS.iter().copied() {
                let wanted = role == Role::CompanyManager && relation == Relation::Delivering;
                assert_eq!(
                    may(&actor(role), Action::DeliverMonitoring, &relations(&[relation])),
                    wanted,
                    "{role:?} {relation:?}"
                );
            }
        }
    }

    /// only the appointment files, whatever else somebody is.
    #[test]
    fn r_240_nobody_but_the_technical_director_files_a_report() {
        let report = relations(Relation::VARIANTS);
        for role in Role::VARIANTS.iter().copied() {
            let plain = may(&actor(role), Action::FileReport, &report);
            assert_eq!(plain, role == Role::TechnicalDirector, "{role:?}");
        }
        let appointed = Actor { technical_director: true, ..actor(Role::CompanyManager) };
        assert!(may(&appointed, Action::FileReport, &relations(&[])));
    }

    /// relations add up: a lead who executes has the rights of both.
    #[test]
    fn r_032_relations_add_up() {
        let lead = actor(Role::ProjectLead);
        let both = relations(&[Relation::Assigned, Relation::Lead]);
        assert!(may(&lead, Action::StartTask, &both) && may(&lead, Action::IssuePlan, &both));
        assert!(!may(&lead, Action::StartTask, &relations(&[Relation::Lead])));
        assert!(!may(&lead, Action::IssuePlan, &relations(&[Relation::Assigned])));
    }

    #[test]
    fn a_denial_has_its_code() {
        let codes = [Denied::AccountDisabled, Denied::OtherOrganisation, Denied::NotPermitted].map(Denied::code);
        assert_eq!(codes, [Code::AccountDisabled, Code::OtherOrganisation, Code::NotPermitted]);
    }
}
