//! The two clients that are compared.

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Which client makes the calls.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Client {
    /// The library `docspace`
    Docspace,
    /// reqwest and `serde_json`, into the types of `docspace-api`
    Raw,
}

/// The address of the portal and the API key.
pub(crate) fn portal_and_key() -> Result<(String, String)> {
    let variable = |name: &str| std::env::var(name).with_context(|| format!("set {name}"));
    Ok((variable("DOCSPACE_URL")?, variable("DOCSPACE_API_KEY")?))
}

/// reqwest and `serde_json`, as a program without a library would use them.
pub(crate) struct Raw {
    http: reqwest::Client,
    url: String,
    key: String,
}

#[derive(Deserialize)]
struct Envelope<T> {
    response: T,
}

impl Raw {
    pub(crate) fn from_env() -> Result<Self> {
        let (url, key) = portal_and_key()?;
        Ok(Self { http: reqwest::Client::new(), url, key })
    }

    /// Reads the answer to a GET.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let url = format!("{}/api/2.0/{path}", self.url);
        let answer = self.http.get(url).bearer_auth(&self.key).send().await?.error_for_status()?;
        Ok(serde_json::from_slice::<Envelope<T>>(&answer.bytes().await?)?.response)
    }
}
