//! What a plan does to a room.

use std::collections::BTreeSet;
use std::fmt;

use docspace::RoomId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::setting::{LinkChange, Setting, SettingChange};
use crate::manifest::Link;
use crate::names::{AccessName, LinkTypeName};
use crate::values::FolderPath;

/// One change of a room, which is made completely or not at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[non_exhaustive]
pub enum Action {
    /// Creates the room with these settings.
    Create {
        /// The template that the room is created from.
        template: Option<Template>,
        /// The settings.
        settings: Vec<Setting>,
        /// The tags.
        tags: BTreeSet<String>,
    },
    /// Restores the room from the archive.
    Restore,
    /// Removes the logo.
    RemoveLogo,
    /// Changes a setting.
    Set(SettingChange),
    /// Uploads a picture and makes it the logo.
    SetLogo {
        /// The path of the picture.
        file: String,
    },
    /// Adds a tag.
    AddTag {
        /// The tag.
        tag: String,
    },
    /// Creates a folder. One that is there by then is used.
    CreateFolder {
        /// The path of the folder.
        path: FolderPath,
    },
    /// Adds a member, or changes the access of one.
    Give {
        /// The member.
        member: Who,
        /// The access afterwards.
        access: AccessName,
        /// The access before. `None` for a new member.
        before: Option<String>,
    },
    /// Changes a link.
    ChangeLink {
        /// The name of the link in the manifest.
        name: String,
        /// The type of the link.
        link_type: LinkTypeName,
        /// The id of the link. `None` for the primary link that a new room has.
        id: Option<Uuid>,
        /// What is changed.
        changes: Vec<LinkChange>,
    },
    /// Revokes a link.
    RevokeLink {
        /// The title of the link.
        title: String,
        /// The id of the link.
        id: Uuid,
        /// Whether this manifest made the link.
        own: bool,
    },
    /// Creates a link.
    CreateLink {
        /// The name of the link in the manifest.
        name: String,
        /// The link.
        link: Box<Link>,
    },
    /// Adds the room to a room group of the caller, which is created if there is none.
    AddToGroup {
        /// The name of the group.
        group: String,
    },
    /// Removes a tag.
    RemoveTag {
        /// The tag.
        tag: String,
    },
    /// Removes a member.
    RemoveMember {
        /// The member.
        member: Who,
        /// The access before.
        before: String,
    },
    /// Removes the room from a room group of the caller.
    RemoveFromGroup {
        /// The name of the group.
        group: String,
    },
    /// Moves the room to the archive.
    Archive,
}

/// A template, by id and title.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// The id.
    pub id: RoomId,
    /// The title.
    pub title: String,
}

/// A person or people group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Who {
    /// The address of a person, or the name of a people group. If it is not known, the id.
    pub name: String,
    /// The id, if it is known.
    pub id: Option<Uuid>,
    /// Whether it is a people group.
    pub is_group: bool,
}

/// What an action is, in one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// Something new.
    Add,
    /// Something that is there is changed.
    Change,
    /// Something is taken away.
    Remove,
}

impl Sign {
    /// `+`, `~` or `-`.
    pub fn character(self) -> char {
        match self {
            Self::Add => '+',
            Self::Change => '~',
            Self::Remove => '-',
        }
    }
}

impl Action {
    /// Whether something is new, changed or taken away.
    pub fn sign(&self) -> Sign {
        match self {
            Self::Create { .. }
            | Self::SetLogo { .. }
            | Self::AddTag { .. }
            | Self::CreateFolder { .. }
            | Self::Give { before: None, .. }
            | Self::CreateLink { .. }
            | Self::AddToGroup { .. } => Sign::Add,
            Self::Restore | Self::Set(_) | Self::Give { before: Some(_), .. } | Self::ChangeLink { .. } => Sign::Change,
            Self::RemoveLogo
            | Self::RevokeLink { .. }
            | Self::RemoveTag { .. }
            | Self::RemoveMember { .. }
            | Self::RemoveFromGroup { .. }
            | Self::Archive => Sign::Remove,
        }
    }

    /// The number of things that the action changes. Only a new room is several: the room, and each
    /// setting and tag that it is created with.
    pub fn count(&self) -> usize {
        match self {
            Self::Create { settings, tags, .. } => 1 + settings.len() + tags.len(),
            _ => 1,
        }
    }

    /// What the action changes, a line for each thing. It never contains a password.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.to_string()];
        if let Self::Create { settings, tags, .. } = self {
            lines.extend(settings.iter().map(|setting| format!("{}: {}", setting.key(), setting.shown())));
            lines.extend(tags.iter().map(|tag| format!("tag {tag}")));
        }
        lines
    }

    /// Whether the limit on removals counts the action: it takes away what only people can bring
    /// back, such as the address of a link.
    pub fn is_removal(&self) -> bool {
        self.sign() == Sign::Remove && *self != Self::RemoveLogo
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.is_group { "people group" } else { "member" }, self.name)
    }
}

/// One line for people, without the settings and tags of a new room. It never contains a password.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create { template: Some(template), .. } => {
                write!(f, "create the room from the template {}", template.title)
            }
            Self::Create { template: None, .. } => f.write_str("create the room"),
            Self::Restore => f.write_str("restore the room from the archive"),
            Self::RemoveLogo => f.write_str("logo"),
            Self::Set(change) => change.fmt(f),
            Self::SetLogo { file } => write!(f, "logo {file}"),
            Self::AddTag { tag } | Self::RemoveTag { tag } => write!(f, "tag {tag}"),
            Self::CreateFolder { path } => write!(f, "folder {path}"),
            Self::Give { member, access, before: None } => write!(f, "{member}: {access}"),
            Self::Give { member, access, before: Some(before) } => write!(f, "{member}: {before} → {access}"),
            Self::RemoveMember { member, before } => write!(f, "{member}: {before}"),
            Self::CreateLink { name, link } => {
                write!(f, "{} link {name}: {}", link.link_type, link.access)?;
                if let Some(Some(expires)) = link.expires {
                    write!(f, ", expires {expires}")?;
                }
                if matches!(link.password, Some(Some(_))) {
                    f.write_str(", with a password")?;
                }
                Ok(())
            }
            Self::ChangeLink { name, changes, .. } => {
                let changes: Vec<String> = changes.iter().map(ToString::to_string).collect();
                write!(f, "link {name}: {}", changes.join(", "))
            }
            Self::RevokeLink { title, id, own } => {
                write!(f, "link {title} ({id}{})", if *own { ", made by this manifest" } else { "" })
            }
            Self::AddToGroup { group } | Self::RemoveFromGroup { group } => write!(f, "room group {group}"),
            Self::Archive => f.write_str("move the room to the archive"),
        }
    }
}
