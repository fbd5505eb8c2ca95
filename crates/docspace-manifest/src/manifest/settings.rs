//! The settings of a room that can also be defaults.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Link, explicit};
use crate::names::AccessName;
use crate::values::{FolderPath, Lifetime, Quota, Watermark};

/// The settings of a room that can also be defaults of its type.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
#[schemars(extend("additionalProperties" = false))]
pub struct Settings {
    /// Whether the room is in the archive. While it is there, nothing else of it is managed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub archived: Option<bool>,
    /// The tags. Tags that the portal does not have are created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeSet<String>>,
    /// The color, as six or three hexadecimal digits such as "FF5733". Quote digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String", regex(pattern = r"^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"))]
    pub color: Option<String>,
    /// The id of a cover, such as `flag`. `docspace covers list` shows all. null removes it.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "explicit")]
    pub cover: Option<Option<String>>,
    /// A picture beside the file. It is uploaded if the room has no logo. null removes the logo.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "explicit")]
    pub logo: Option<Option<String>>,
    /// The storage limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Quota")]
    pub quota: Option<Quota>,
    /// Whether files and folders are numbered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub indexing: Option<bool>,
    /// Whether members who can only view are prevented from downloading, copying and printing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub deny_download: Option<bool>,
    /// How long the room keeps its files. null keeps them forever.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "explicit")]
    pub lifetime: Option<Option<Lifetime>>,
    /// What is printed over documents. null prints nothing.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "explicit")]
    pub watermark: Option<Option<Watermark>>,
    /// Whether answers to forms are collected in a spreadsheet. Only for `filling-forms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub save_form_as_xlsx: Option<bool>,
    /// Whether answers to forms are sent to the external database. Only for `filling-forms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub send_form_to_external_db: Option<bool>,
    /// The folders that the room must have, as paths such as `Contracts/2026`. They are created in
    /// this order. Other folders stay: no folder is ever renamed or deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folders: Option<Vec<FolderPath>>,
    /// The members by e-mail address (or id), with their accesses. The owner is not one of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<BTreeMap<String, AccessName>>,
    /// The people groups that are members, by name (or id), with their accesses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<BTreeMap<String, AccessName>>,
    /// The links by name. The name is also the title, unless the link has a `title`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<BTreeMap<String, Link>>,
    /// The caller's own room groups that the room is in, by name. Groups are created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_groups: Option<BTreeSet<String>>,
}

impl Settings {
    /// Takes the defaults for keys that are not there.
    #[must_use]
    pub fn or(self, defaults: &Self) -> Self {
        let Self {
            archived,
            tags,
            color,
            cover,
            logo,
            quota,
            indexing,
            deny_download,
            lifetime,
            watermark,
            save_form_as_xlsx,
            send_form_to_external_db,
            folders,
            members,
            groups,
            links,
            room_groups,
        } = self;
        Self {
            archived: archived.or(defaults.archived),
            tags: tags.or_else(|| defaults.tags.clone()),
            color: color.or_else(|| defaults.color.clone()),
            cover: cover.or_else(|| defaults.cover.clone()),
            logo: logo.or_else(|| defaults.logo.clone()),
            quota: quota.or(defaults.quota),
            indexing: indexing.or(defaults.indexing),
            deny_download: deny_download.or(defaults.deny_download),
            lifetime: lifetime.or(defaults.lifetime),
            watermark: watermark.or_else(|| defaults.watermark.clone()),
            save_form_as_xlsx: save_form_as_xlsx.or(defaults.save_form_as_xlsx),
            send_form_to_external_db: send_form_to_external_db.or(defaults.send_form_to_external_db),
            folders: folders.or_else(|| defaults.folders.clone()),
            members: members.or_else(|| defaults.members.clone()),
            groups: groups.or_else(|| defaults.groups.clone()),
            links: links.or_else(|| defaults.links.clone()),
            room_groups: room_groups.or_else(|| defaults.room_groups.clone()),
        }
    }
}
