//! Settings of rooms and links, each with its value before.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::names::AccessName;
use crate::values::{Date, Lifetime, Password, Quota, Watermark};

/// A setting of a room with its value. `None` takes it away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "setting", content = "value", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Setting {
    /// The title.
    Title(String),
    /// The color.
    Color(String),
    /// The cover.
    Cover(Option<String>),
    /// The storage limit.
    Quota(Quota),
    /// Whether files and folders are numbered.
    Indexing(bool),
    /// Whether members who can only view are prevented from downloading.
    DenyDownload(bool),
    /// How long files are kept.
    Lifetime(Option<Lifetime>),
    /// What is printed over documents.
    Watermark(Option<Watermark>),
    /// Whether answers to forms are collected in a spreadsheet.
    SaveFormAsXlsx(bool),
    /// Whether answers to forms are sent to the external database.
    SendFormToExternalDb(bool),
}

impl Setting {
    /// The key in a manifest.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Title(_) => "title",
            Self::Color(_) => "color",
            Self::Cover(_) => "cover",
            Self::Quota(_) => "quota",
            Self::Indexing(_) => "indexing",
            Self::DenyDownload(_) => "deny-download",
            Self::Lifetime(_) => "lifetime",
            Self::Watermark(_) => "watermark",
            Self::SaveFormAsXlsx(_) => "save-form-as-xlsx",
            Self::SendFormToExternalDb(_) => "send-form-to-external-db",
        }
    }

    /// The value, for people.
    pub fn shown(&self) -> String {
        match self {
            Self::Title(text) | Self::Color(text) => text.clone(),
            Self::Cover(cover) => shown(cover.as_ref()),
            Self::Quota(quota) => quota.to_string(),
            Self::Indexing(on) | Self::DenyDownload(on) | Self::SaveFormAsXlsx(on) | Self::SendFormToExternalDb(on) => {
                on.to_string()
            }
            Self::Lifetime(lifetime) => shown(lifetime.as_ref()),
            Self::Watermark(mark) => shown(mark.as_ref()),
        }
    }
}

/// A change of a setting of a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingChange {
    /// The value before, for people. `None` if it is not known.
    pub before: Option<String>,
    /// The setting with its new value.
    #[serde(flatten)]
    pub after: Setting,
}

/// A setting of a link with its value. `None` takes it away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "setting", content = "value", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LinkSetting {
    /// The title.
    Title(String),
    /// What the link allows.
    Access(AccessName),
    /// When the link expires.
    Expires(Option<Date>),
    /// The password.
    Password(Option<Password>),
    /// Whether the link is only for people with an account.
    Internal(bool),
    /// Whether visitors are prevented from downloading.
    DenyDownload(bool),
    /// How often an invitation can be used.
    MaxUses(Option<u32>),
}

impl LinkSetting {
    /// The key in a manifest.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Title(_) => "title",
            Self::Access(_) => "access",
            Self::Expires(_) => "expires",
            Self::Password(_) => "password",
            Self::Internal(_) => "internal",
            Self::DenyDownload(_) => "deny-download",
            Self::MaxUses(_) => "max-uses",
        }
    }

    /// The value, for people. A password is not shown.
    pub fn shown(&self) -> String {
        match self {
            Self::Title(title) => title.clone(),
            Self::Access(access) => access.to_string(),
            Self::Expires(date) => shown(date.as_ref()),
            Self::Password(password) => shown(password.as_ref().map(|_| "a new one").as_ref()),
            Self::Internal(on) | Self::DenyDownload(on) => on.to_string(),
            Self::MaxUses(count) => shown(count.as_ref()),
        }
    }
}

/// A change of a setting of a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkChange {
    /// The value before, for people. A password is not shown.
    pub before: String,
    /// The setting with its new value.
    #[serde(flatten)]
    pub after: LinkSetting,
}

impl fmt::Display for SettingChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, after) = (self.after.key(), self.after.shown());
        match &self.before {
            Some(before) => write!(f, "{key}: {before} → {after}"),
            None => write!(f, "{key}: {after}"),
        }
    }
}

impl fmt::Display for LinkChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} → {}", self.after.key(), self.before, self.after.shown())
    }
}

/// A value, or `none`.
pub(super) fn shown<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(|| "none".to_owned(), ToString::to_string)
}
