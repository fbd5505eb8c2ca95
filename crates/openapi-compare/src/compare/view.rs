//! A schema as seen from the place where it is used.

use crate::api::{Api, Literal, Schema, Shape};

/// A schema, after following references by name.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) api: &'a Api,
    /// The name in the reference.
    pub(super) name: Option<&'a str>,
    pub(super) schema: &'a Schema,
    pub(super) nullable: bool,
    pub(super) deprecated: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) default: Option<&'a Literal>,
}

impl<'a> View<'a> {
    pub(super) fn new(api: &'a Api, schema: &'a Schema) -> Self {
        let mut view = Self {
            api,
            name: None,
            schema,
            nullable: schema.nullable,
            deprecated: schema.deprecated,
            read_only: schema.read_only,
            write_only: schema.write_only,
            default: schema.default.as_ref(),
        };
        // An API has no circle of names. Reading it would have failed.
        while let Shape::Named(name) = &view.schema.shape
            && let Some(target) = api.schemas.get(name)
        {
            view.name = view.name.or(Some(name));
            view.schema = target;
            view.nullable |= target.nullable;
            view.deprecated |= target.deprecated;
            view.read_only |= target.read_only;
            view.write_only |= target.write_only;
            view.default = view.default.or(target.default.as_ref());
        }
        view
    }

    /// A view of another schema of the same API.
    pub(super) fn to(self, schema: &'a Schema) -> Self {
        Self::new(self.api, schema)
    }

    /// The address of the schema, which is the same for all its names.
    pub(super) fn identity(self) -> usize {
        std::ptr::from_ref(self.schema).addr()
    }

    /// The alternatives of a choice, or the schema itself if it is not a choice.
    pub(super) fn alternatives(self) -> Vec<View<'a>> {
        let (mut flat, mut waiting, mut seen) = (Vec::new(), vec![self], Vec::new());
        while let Some(view) = waiting.pop() {
            match &view.schema.shape {
                Shape::OneOf(inner) if !seen.contains(&view.identity()) => {
                    seen.push(view.identity());
                    waiting.extend(inner.iter().rev().map(|schema| view.to(schema)));
                }
                Shape::OneOf(_) => {}
                _ => flat.push(view),
            }
        }
        flat
    }
}
