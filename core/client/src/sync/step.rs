//! The next step of a lane, and its back-off. The three machines share this.

use super::back_off::BackOff;
use crate::session::Failure;
use firebee_domain::code::{Action, Code};
use firebee_protocol::problem::CodeWord;

/// What a lane wants done now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<Ask> {
    /// Send this request, or read the phone's own files, and report the result to the machine.
    Send(Ask),
    /// Nothing before this instant of the boot clock, in ms.
    Wait {
        /// When to ask the machine again.
        until_ms: i64,
    },
    /// Nothing to do until something changes.
    Idle,
    /// Nothing at all until a person acts; everything is kept.
    Stop {
        /// The stable code of the reason.
        code: CodeWord,
    },
}

/// Whether a lane may act: its back-off, and why it last failed.
#[derive(Clone, Debug)]
pub struct Readiness {
    back_off: BackOff,
    stopped: Option<CodeWord>,
    failure: Option<Failure>,
}

impl Readiness {
    /// A lane that nothing has happened to; `seed` is its jitter's.
    pub const fn new(seed: u64) -> Self {
        Self { back_off: BackOff::new(seed), stopped: None, failure: None }
    }

    /// What keeps the lane from acting, if anything does.
    pub fn hold<Ask>(&self, now_ms: i64) -> Option<Step<Ask>> {
        if let Some(code) = &self.stopped {
            return Some(Step::Stop { code: code.clone() });
        }
        self.back_off.until(now_ms).map(|until_ms| Step::Wait { until_ms })
    }

    /// A request failed: stop or wait, as its action asks (protocol, "Errors").
    pub fn failed(&mut self, failure: Failure, now_ms: i64) {
        match reaction(failure.action) {
            Reaction::Stop => self.stopped = Some(failure.code.clone()),
            Reaction::Wait => self.back_off.failed(now_ms, failure.retry_after_ms),
            Reaction::LongWait => self.back_off.failed_for_long(now_ms, failure.retry_after_ms),
        }
        self.failure = Some(failure);
    }

    /// The lane stops until a person acts.
    pub fn stop(&mut self, code: Code) {
        self.stopped = Some(code.into());
        self.failure = Some(Failure::of(code));
    }

    /// A request succeeded: the next failure begins with a short wait again.
    pub fn succeeded(&mut self) {
        self.back_off.reset();
        self.failure = None;
    }

    /// The network changed, so the cause of the last failure may be gone.
    pub const fn connectivity_changed(&mut self) {
        self.back_off.reset();
    }

    /// A person asks for another try. This also restarts a lane that stopped.
    pub fn resume(&mut self) {
        self.back_off.reset();
        self.stopped = None;
    }

    /// Why the lane last failed, until it succeeds.
    pub const fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Why the lane has stopped until a person acts.
    pub const fn stopped(&self) -> Option<&CodeWord> {
        self.stopped.as_ref()
    }

    /// How many requests failed in a row.
    pub const fn failures(&self) -> u32 {
        self.back_off.failures()
    }
}

enum Reaction {
    Wait,
    LongWait,
    Stop,
}

const fn reaction(action: Action) -> Reaction {
    match action {
        Action::SignIn | Action::Stop | Action::Upgrade => Reaction::Stop,
        Action::RetryLater => Reaction::LongWait,
        // No person can mend the request of a lane, but a later answer, another version or the office may. So it goes on
        // trying, seldom, and its failure is shown.
        Action::Fix | Action::Retry | Action::Refresh | Action::Resend | Action::Snapshot => Reaction::Wait,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_only_a_person_can_mend_stops_and_every_other_one_waits() {
        for code in [Code::Fenced, Code::SignInAgain, Code::StoreRevoked, Code::IncarnationChanged, Code::Diverged] {
            let mut readiness = Readiness::new(1);
            readiness.failed(Failure::of(code), 0);
            assert_eq!(readiness.hold::<()>(i64::MAX), Some(Step::Stop { code: code.into() }));
            readiness.connectivity_changed();
            assert!(readiness.hold::<()>(0).is_some(), "another network does not mend it");
            readiness.resume();
            assert_eq!(readiness.hold::<()>(0), None);
        }
        let ways = [Code::NetworkError, Code::CaptivePortal, Code::MalformedFrame, Code::SlowDown, Code::BadRequest];
        for failure in ways.map(Failure::of) {
            let mut readiness = Readiness::new(1);
            let code = failure.code.clone();
            readiness.failed(failure, 0);
            assert!(matches!(readiness.hold::<()>(0), Some(Step::Wait { .. })), "{code}");
            assert_eq!(readiness.failure().unwrap().code, code);
            readiness.connectivity_changed();
            assert_eq!(readiness.hold::<()>(0), None, "{code}");
        }
    }
}
