//! What is answered to a change of the catalogue.

/// Payloads of changes: each with the thing that was changed, under its name, where there is one.
macro_rules! payloads {
    ($($(#[$meta:meta])* $name:ident { $(#[$field_meta:meta])* $field:ident: $type:ty })*) => {$(
        $crate::graphql::user_errors::payload! {
            $(#[$meta])*
            $name {
                /// The catalogue after the change, with `dryRun` as it would be; as it is where nothing was to be done.
                catalog: $crate::graphql::types::CatalogInfo,
                /// What is different for it.
                diff: Vec<$crate::graphql::types::CatalogDifference>,
            }
            maybe {
                $(#[$field_meta])*
                $field: $type,
                /// The revision that the change is in; null where nothing was to be done.
                revision: $crate::graphql::types::CatalogRevision,
            }
        }

        impl $name {
            /// What came of a change, with the thing that was changed.
            fn made(made: &super::made::Made, $field: Option<$type>) -> Self {
                Self::of(made.catalog(), made.diff(), $field, made.revision())
            }
        }
    )*};
}

pub(super) use payloads;
