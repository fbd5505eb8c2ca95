//! The password of a link.

use docspace::Secret;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The password of a link: the text itself, or the name of a variable of the environment, so that a
/// file under version control contains no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Password {
    /// The password.
    Text(#[schemars(with = "String")] Secret),
    /// The password is in a variable of the environment.
    #[schemars(extend("additionalProperties" = false))]
    Env {
        /// The name of the variable.
        env: String,
    },
}

impl Password {
    /// The password, if it is known.
    pub fn text(&self) -> Option<&Secret> {
        match self {
            Self::Text(text) => Some(text),
            Self::Env { .. } => None,
        }
    }

    /// Takes the password from its variable, if that has a value.
    pub(crate) fn take(&mut self, read: impl Fn(&str) -> Option<String>) {
        if let Self::Env { env } = self
            && let Some(text) = read(env)
        {
            *self = Self::Text(text.into());
        }
    }
}
