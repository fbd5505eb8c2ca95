//! Requests with only what a portal demands; the rest is set field by field.

use crate::types::{
    CreateRoomFromTemplateRequest, CreateRoomRequest, CreateTemplateRequest, LinkId, OperationRequest,
    SetRoomLinkRequest,
};
use crate::{Access, LinkType, RoomType};

impl CreateRoomRequest {
    /// A room of this title and type.
    pub fn new(title: impl Into<String>, room_type: RoomType) -> Self {
        Self {
            title: title.into(),
            room_type,
            tags: None,
            color: None,
            cover: None,
            logo: None,
            quota: None,
            indexing: None,
            deny_download: None,
            lifetime: None,
            watermark: None,
            private: None,
            share: None,
            chat_settings: None,
            send_form_to_external_db: None,
            save_form_as_xlsx: None,
        }
    }
}

impl SetRoomLinkRequest {
    /// A link of this id, type and access.
    pub fn new(link_id: LinkId, link_type: LinkType, access: Access) -> Self {
        Self {
            link_id: Some(link_id),
            link_type,
            access,
            title: None,
            expiration_date: None,
            internal: None,
            password: None,
            deny_download: None,
            max_use_count: None,
        }
    }
}

impl CreateTemplateRequest {
    /// A template of this title, made from this room.
    pub fn new(room_id: i32, title: impl Into<String>) -> Self {
        Self {
            room_id,
            title: title.into(),
            copy_logo: None,
            logo: None,
            share: None,
            groups: None,
            public: None,
            tags: None,
            color: None,
            cover: None,
            quota: None,
        }
    }
}

impl CreateRoomFromTemplateRequest {
    /// A room of this title, made from this template.
    pub fn new(template_id: i32, title: impl Into<String>) -> Self {
        Self {
            template_id,
            title: title.into(),
            copy_logo: None,
            logo: None,
            tags: None,
            color: None,
            cover: None,
            quota: None,
            indexing: None,
            deny_download: None,
            lifetime: None,
            watermark: None,
            private: None,
        }
    }
}

impl OperationRequest {
    /// An operation that stays listed until its end was read, so that the end can be read.
    pub fn keep() -> Self {
        Self { delete_after: false }
    }
}
