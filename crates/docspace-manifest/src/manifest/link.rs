//! A link of a room.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::explicit;
use crate::names::{AccessName, LinkTypeName};
use crate::values::{Date, Password};

/// A link. Keys that it does not have are not managed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("additionalProperties" = false))]
pub struct Link {
    /// The type. By default, it is `external`.
    #[serde(rename = "type", default, skip_serializing_if = "is_external")]
    pub link_type: LinkTypeName,
    /// The id of a link that exists. By default, the id is derived from the name of the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Uuid")]
    pub id: Option<Uuid>,
    /// The title, up to 255 characters. By default, it is the name of the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", length(min = 1, max = 255))]
    pub title: Option<String>,
    /// What the link allows.
    pub access: AccessName,
    /// When the link expires. null means never.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "explicit")]
    pub expires: Option<Option<Date>>,
    /// The password, 8 to 30 ASCII characters without spaces. null means none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "explicit")]
    pub password: Option<Option<Password>>,
    /// Whether the link is only for people with an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub internal: Option<bool>,
    /// Whether visitors are prevented from downloading, copying and printing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub deny_download: Option<bool>,
    /// How often an invitation can be used, 1 to 1000 times. null means any number of times.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "explicit")]
    #[schemars(range(min = 1, max = 1000))]
    pub max_uses: Option<Option<u32>>,
}

fn is_external(link_type: &LinkTypeName) -> bool {
    *link_type == LinkTypeName::External
}

impl Link {
    /// A link of which only the type and the access are managed, besides its title.
    pub fn new(link_type: LinkTypeName, access: AccessName) -> Self {
        Self {
            link_type,
            id: None,
            title: None,
            access,
            expires: None,
            password: None,
            internal: None,
            deny_download: None,
            max_uses: None,
        }
    }

    /// The title of the link with this name.
    pub fn title<'a>(&'a self, name: &'a str) -> &'a str {
        self.title.as_deref().unwrap_or(name)
    }
}
