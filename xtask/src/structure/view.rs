//! A schema as it is seen from where it is used.

use super::model::{Schema, Shape, Structure};

/// A schema with its names followed.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) structure: &'a Structure,
    /// The name by which it is used.
    pub(crate) name: Option<&'a str>,
    pub(crate) schema: &'a Schema,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
}

impl<'a> View<'a> {
    pub(crate) fn new(structure: &'a Structure, schema: &'a Schema) -> Self {
        let mut view = Self { structure, name: None, schema, nullable: schema.nullable, deprecated: schema.deprecated };
        // A structure has no circle of names: it could not have been read.
        while let Shape::Named(name) = &view.schema.shape
            && let Some(target) = structure.schemas.get(name)
        {
            view.name = view.name.or(Some(name));
            view.schema = target;
            view.nullable |= target.nullable;
        }
        view
    }

    /// A schema of the same structure.
    pub(crate) fn to(self, schema: &'a Schema) -> Self {
        Self::new(self.structure, schema)
    }

    /// Which schema it is, under whatever name: its address.
    pub(crate) fn identity(self) -> usize {
        std::ptr::from_ref(self.schema).addr()
    }

    /// What it is a choice of; itself if it is none.
    pub(crate) fn alternatives(self) -> Vec<View<'a>> {
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
