//! Signing in and out.

use crate::{
    error::{ClientError, Told},
    noun::Noun,
};
use firebee_client::{
    Kept,
    session::{Failure, SessionHandle, SignInError, SignOutError, WipeError},
};
use firebee_domain::{code::Code, time::china_minute};
use firebee_protocol::{
    session::Device,
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

/// Signing in and out. Losing the network signs nobody out.
#[derive(uniffi::Object)]
pub struct Session(pub(crate) Noun<SessionHandle>);

#[uniffi::export(async_runtime = "tokio")]
impl Session {
    /// Signs in: claims the account for this phone. Safe to repeat; the password is kept nowhere. After
    /// `password_change_required` the app asks for a new password, calls `change_password`, and signs in with the new
    /// one.
    pub async fn sign_in(&self, login: String, password: String) -> Result<(), ClientError> {
        let session = self.0.core.clone();
        self.0.driven(async move { session.sign_in(&login, &password).await.map(|_| ()) }).await
    }

    /// Replaces the password of the login that was typed last, whether or not it is signed in. Neither is kept. When the
    /// answer is lost, the new password may hold already: signing in with it tells.
    pub async fn change_password(&self, old: String, new: String) -> Result<(), ClientError> {
        let session = self.0.core.clone();
        self.0.driven(async move { session.change_password(&old, &new).await }).await
    }

    /// Signs out: frees the account for another phone. Refused while anything is unsent; nothing is deleted.
    pub async fn sign_out(&self) -> Result<(), ClientError> {
        let session = self.0.core.clone();
        self.0.driven(async move { session.sign_out().await }).await
    }

    /// Erases everything that this phone keeps of the account. Refused until all of it is safe on the server. Afterwards the
    /// app lets the client go and opens another one.
    pub async fn wipe(&self) -> Result<(), ClientError> {
        self.0.off(SessionHandle::wipe).await
    }

    /// When the records of this phone must not go on, because they were restored or copied or their key is gone, a new store
    /// takes over what the server is not known to have. Returns whether anything changed. Afterwards the app lets the client
    /// go and opens another one.
    pub async fn renew(&self) -> Result<bool, ClientError> {
        self.0.off(SessionHandle::renew).await
    }
}

impl Told for Failure {
    fn told(self, language: Language) -> ClientError {
        ClientError::Failed { text: self.words(language), action: self.action, code: self.code, fields: Vec::new() }
    }
}

impl Told for SignInError {
    fn told(self, language: Language) -> ClientError {
        match self {
            Self::Failed(failure) => failure.told(language),
            Self::Elsewhere(held) => {
                let last_seen = china_minute(held.last_seen);
                let unsent = held.unsent.facts + held.unsent.blobs;
                let values = [
                    ("device", Arg::from(&held.device)),
                    ("last_seen", Arg::from(&last_seen)),
                    ("unsent", Arg::from(unsent)),
                ];
                ClientError::with(Code::SignedInElsewhere, &values, language)
            }
            other => ClientError::of(other.code().known().unwrap_or(Code::Internal), language),
        }
    }
}

impl Told for SignOutError {
    fn told(self, language: Language) -> ClientError {
        match self {
            Self::Failed(failure) => failure.told(language),
            Self::UnsentData(unsent) => {
                let values = [("facts", Arg::from(unsent.facts)), ("blobs", Arg::from(unsent.blobs))];
                ClientError::with(Code::UnsentData, &values, language)
            }
            other => ClientError::of(other.code().known().unwrap_or(Code::Internal), language),
        }
    }
}

impl Told for WipeError {
    fn told(self, language: Language) -> ClientError {
        match self {
            Self::Kept(Kept::Unsent(unsent)) => SignOutError::UnsentData(unsent).told(language),
            other => ClientError::of(other.code(), language),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        client::{Client, ClientSettings},
        error::ClientError,
        ports::KeyStore,
    };
    use firebee_client::ports::{Signer, SoftwareSigner, SystemEntropy};
    use firebee_domain::code::Code;
    use firebee_protocol::{session::Device, text::Language};
    use std::{
        sync::{Arc, Mutex},
        thread::{self, ThreadId},
    };

    /// A keystore that remembers on which threads it was asked.
    struct Remembering(SoftwareSigner, Mutex<Vec<ThreadId>>);

    impl Remembering {
        fn asked<T>(&self, result: Result<T, firebee_client::ports::SignerError>) -> Result<T, ClientError> {
            self.1.lock().unwrap().push(thread::current().id());
            result.map_err(|_| ClientError::of(Code::KeyUnavailable, Language::Zh))
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
        let settings = ClientSettings {
            folder: home.path().join("li").display().to_string(),
            server_url: "http://127.0.0.1:1".into(),
            device: Device { name: "test".into(), system: "Linux".into(), app: "0".into() },
            language: Language::Zh,
            extra_roots: Vec::new(),
        };
        // What polls the futures is this thread, as an app's event loop does.
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let client = runtime.block_on(Client::open(settings, Some(keys.clone()), None)).unwrap();
        keys.1.lock().unwrap().clear();
        let lost = runtime.block_on(client.session().sign_in("li".into(), "secret".into())).unwrap_err();
        let ClientError::Failed { code, .. } = lost;
        assert_eq!(code, Code::NetworkError);
        assert_eq!(runtime.block_on(client.screens().me()).unwrap().login.as_deref(), Some("li"));
        let threads = keys.1.lock().unwrap();
        assert!(!threads.is_empty() && !threads.contains(&thread::current().id()));
    }
}
