//! Signing in and out.

use crate::{driven, error::ClientError, off};
use firebee_client::{
    journal::ClaimState,
    session::{Failure, SessionHandle, SessionState, SignInError, SignOutError, SignedIn},
};
use firebee_domain::{id::AccountId, time::china_minute};
use firebee_protocol::{
    problem::Code,
    session::{Device, Unsent},
    text::{Arg, Language},
};

/// The phone as its user would name it.
#[uniffi::remote(Record)]
pub struct Device {
    /// Such as `Nokia 8.3 5G`.
    pub name: String,
    /// Such as `Android 14`.
    pub system: String,
    /// The app's version.
    pub app: String,
}

/// The account is this phone's.
#[uniffi::remote(Record)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// The fencing token.
    pub epoch: u64,
}

/// How far signing in is.
#[uniffi::remote(Enum)]
pub enum ClaimState {
    /// Asked for; the answer may have been lost. Asked again with the same claim.
    Asking,
    /// Granted: this phone records.
    SignedIn,
    /// Signed out.
    Released,
}

/// Who is signed in.
#[uniffi::remote(Record)]
pub struct SessionState {
    /// The login as typed; it fills the field of the next sign-in.
    pub login: String,
    /// The account, once the server has answered a claim of it.
    pub account: Option<AccountId>,
    /// How far the claim is; work can be recorded only when it is signed in.
    pub state: ClaimState,
}

/// What this phone has recorded and the server has not.
#[uniffi::remote(Record)]
pub struct Unsent {
    /// Facts without a receipt.
    pub facts: u64,
    /// Blobs not verified.
    pub blobs: u64,
}

/// Signing in and out. Losing the network signs nobody out.
#[derive(uniffi::Object)]
pub struct Session(pub(crate) SessionHandle);

#[uniffi::export(async_runtime = "tokio")]
impl Session {
    /// Signs in: claims the account for this phone. Safe to repeat; the password is kept nowhere.
    pub async fn sign_in(&self, login: String, password: String) -> Result<SignedIn, ClientError> {
        let session = self.0.clone();
        driven(async move { session.sign_in(&login, &password).await }).await
    }

    /// Signs out: frees the account for another phone. Refused while anything is unsent; nothing is deleted.
    pub async fn sign_out(&self) -> Result<(), ClientError> {
        let session = self.0.clone();
        driven(async move { session.sign_out().await }).await
    }

    /// Who is signed in; nothing before the first sign-in.
    pub async fn state(&self) -> Result<Option<SessionState>, ClientError> {
        off(&self.0, SessionHandle::state).await
    }

    /// What this phone has recorded and the server has not.
    pub async fn unsent(&self) -> Result<Unsent, ClientError> {
        off(&self.0, SessionHandle::unsent).await
    }
}

impl From<Failure> for ClientError {
    fn from(failure: Failure) -> Self {
        Self::Failed {
            message_zh: failure.words(Language::Zh),
            message_en: failure.words(Language::En),
            action: failure.action,
            code: failure.code,
        }
    }
}

impl From<SignInError> for ClientError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Failed(failure) => failure.into(),
            SignInError::Elsewhere(held) => {
                let last_seen = china_minute(held.last_seen);
                let unsent = held.unsent.facts + held.unsent.blobs;
                let values = [
                    ("device", Arg::from(&held.device)),
                    ("last_seen", Arg::from(&last_seen)),
                    ("unsent", Arg::from(unsent)),
                ];
                Self::with(Code::SignedInElsewhere, &values)
            }
            other => Self::of(other.code().known().unwrap_or(Code::Internal)),
        }
    }
}

impl From<SignOutError> for ClientError {
    fn from(error: SignOutError) -> Self {
        match error {
            SignOutError::Failed(failure) => failure.into(),
            SignOutError::UnsentData(unsent) => {
                let values = [("facts", Arg::from(unsent.facts)), ("blobs", Arg::from(unsent.blobs))];
                Self::with(Code::UnsentData, &values)
            }
            other => Self::of(other.code().known().unwrap_or(Code::Internal)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        client::{Client, Settings},
        error::ClientError,
        ports::KeyStore,
    };
    use firebee_client::ports::{Signer, SoftwareSigner, SystemEntropy};
    use firebee_protocol::{problem::Code, session::Device};
    use std::{
        sync::{Arc, Mutex},
        thread::{self, ThreadId},
    };

    /// A keystore that remembers on which threads it was asked.
    struct Remembering(SoftwareSigner, Mutex<Vec<ThreadId>>);

    impl Remembering {
        fn asked<T>(&self, result: Result<T, firebee_client::ports::SignerError>) -> Result<T, ClientError> {
            self.1.lock().unwrap().push(thread::current().id());
            result.map_err(|_| ClientError::of(Code::KeyUnavailable))
        }
    }

    impl KeyStore for Remembering {
        fn create(&self, alias: String) -> Result<Vec<u8>, ClientError> {
            self.asked(self.0.create(&alias)).map(|key| key.to_vec())
        }
        fn public_key(&self, alias: String) -> Result<Option<Vec<u8>>, ClientError> {
            self.asked(self.0.public_key(&alias)).map(|key| key.map(|key| key.to_vec()))
        }
        fn sign(&self, alias: String, text: Vec<u8>) -> Result<Vec<u8>, ClientError> {
            self.asked(self.0.sign(&alias, &text)).map(|signature| signature.to_vec())
        }
    }

    #[test]
    fn signing_in_asks_the_keystore_on_another_thread_than_the_apps_event_loop() {
        let home = tempfile::tempdir().unwrap();
        let signer = SoftwareSigner::open(home.path().join("keys"), Arc::new(SystemEntropy)).unwrap();
        let keys = Arc::new(Remembering(signer, Mutex::default()));
        let settings = Settings {
            folder: home.path().join("li").display().to_string(),
            server_url: "http://127.0.0.1:1".into(),
            device: Device { name: "test".into(), system: "Linux".into(), app: "0".into() },
            extra_roots: Vec::new(),
        };
        // What polls the futures is this thread, as an app's event loop does.
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let client = runtime.block_on(Client::open(settings, Some(keys.clone()), None)).unwrap();
        keys.1.lock().unwrap().clear();
        let lost = runtime.block_on(client.session().sign_in("li".into(), "secret".into())).unwrap_err();
        let ClientError::Failed { code, .. } = lost;
        assert_eq!(code, Code::NetworkError);
        assert!(runtime.block_on(client.session().state()).unwrap().is_some());
        let threads = keys.1.lock().unwrap();
        assert!(!threads.is_empty() && !threads.contains(&thread::current().id()));
    }
}
