//! Objects: each field once, for the engine and for [`Written`].

/// An object of the schema whose fields do not wait, in the form of an `impl` block with a function for each field. Behind it stand the fields
/// that read what must be computed first (`after`, each with what it needs: see [`Prepare`](super::Prepare)), and those that wait in any other way
/// (`waits`), as the engine takes them:
///
/// ```text
/// plain_object! {
///     /// Of the type, for the schema.
///     impl Topic {
///         /// Of the field.
///         fn slug(&self) -> &str { &self.get().slug }
///     }
///     after {
///         /// Of a field that reads what is computed by then.
///         [Resources] fn coverage(&self) -> Result<Option<Coverage>> { … }
///     }
///     waits {
///         /// Of a field that waits.
///         async fn measures(&self) -> Result<Measures> { … }
///     }
/// }
/// ```
macro_rules! plain_object {
    (
        $(#[$meta:meta])*
        impl $type:ident $(as $name:literal)? {
            $(
                $(#[$field_meta:meta])*
                $visibility:vis fn $field:ident(
                    &$self:ident $(, $(#[$argument_meta:meta])* $argument:ident: $argument_type:ty)* $(,)?
                ) -> $output:ty $body:block
            )*
        }
        $(after {
            $(
                $(#[$after_meta:meta])*
                [$need:ident] fn $after:ident(&$after_self:ident) -> $after_output:ty $after_body:block
            )*
        })?
        $(waits { $($waits:tt)* })?
    ) => {
        const _: () = {
            /// The numbers of the fields.
            #[allow(non_camel_case_types)]
            enum Number {
                $($field,)*
                $($($after),*)?
            }

            /// The fields themselves, beside those that the engine makes of them.
            trait Fields {
                $(fn $field(&$self $(, $argument: $argument_type)*) -> $output;)*
                $($(fn $after(&$after_self) -> $after_output;)*)?
            }

            impl Fields for $type {
                $(fn $field(&$self $(, $argument: $argument_type)*) -> $output $body)*
                $($(fn $after(&$after_self) -> $after_output $after_body)*)?
            }

            $(#[$meta])*
            #[async_graphql::Object $((name = $name))?]
            impl $type {
                $(
                    $(#[$field_meta])*
                    $visibility async fn $field(
                        &$self $(, $(#[$argument_meta])* $argument: $argument_type)*
                    ) -> $output {
                        <Self as Fields>::$field($self $(, $argument)*)
                    }
                )*
                $($(
                    $(#[$after_meta])*
                    async fn $after(&$after_self) -> $after_output {
                        $after_self.after(Need::$need).await?;
                        <Self as Fields>::$after($after_self)
                    }
                )*)?
                $($($waits)*)?
            }

            impl $crate::graphql::plain::Written for $type {
                fn select(
                    set: &async_graphql::parser::types::SelectionSet,
                    given: &$crate::graphql::plain::Given<'_>,
                ) -> Option<Vec<$crate::graphql::plain::Selected>> {
                    $crate::graphql::plain::Selected::all::<Self>(set, given, |name, set| {
                        $(
                            if $crate::graphql::plain::is_named(name, stringify!($field)) {
                                let inner = <$output as $crate::graphql::plain::Written>::select(set, given)?;
                                return Some((Number::$field as usize, inner));
                            }
                        )*
                        $($(
                            if $crate::graphql::plain::is_named(name, stringify!($after)) {
                                given.need(Need::$need as u32);
                                let inner = <$after_output as $crate::graphql::plain::Written>::select(set, given)?;
                                return Some((Number::$after as usize, inner));
                            }
                        )*)?
                        None
                    })
                }

                fn write(
                    &self,
                    selected: &[$crate::graphql::plain::Selected],
                    out: &mut $crate::graphql::JsonText,
                ) -> Option<()> {
                    $crate::graphql::plain::Selected::write_all(selected, out, |number, one, out| {
                        $(
                            if number == Number::$field as usize {
                                let value = <Self as Fields>::$field(
                                    self $(, one.argument::<$argument_type>(stringify!($argument))?)*
                                );
                                return $crate::graphql::plain::Written::write(&value, one.inner(), out);
                            }
                        )*
                        $($(
                            if number == Number::$after as usize {
                                let value = <Self as Fields>::$after(self);
                                return $crate::graphql::plain::Written::write(&value, one.inner(), out);
                            }
                        )*)?
                        None
                    })
                }
            }
        };
    };
}

/// A struct whose fields are those of the schema (a `SimpleObject`).
macro_rules! plain_fields {
    ($type:ident $(<$parameter:ident>)? { $($field:ident: $field_type:ty),* $(,)? }) => {
        const _: () = {
            /// The numbers of the fields.
            #[allow(non_camel_case_types)]
            enum Number {
                $($field),*
            }

            impl $(<$parameter>)? $crate::graphql::plain::Written for $type $(<$parameter>)?
            where
                Self: async_graphql::OutputType,
                $(
                    $parameter: async_graphql::OutputType + $crate::graphql::plain::Written,
                    Edge<$parameter>: async_graphql::OutputType,
                )?
            {
                fn select(
                    set: &async_graphql::parser::types::SelectionSet,
                    given: &$crate::graphql::plain::Given<'_>,
                ) -> Option<Vec<$crate::graphql::plain::Selected>> {
                    $crate::graphql::plain::Selected::all::<Self>(set, given, |name, set| {
                        $(
                            if $crate::graphql::plain::is_named(name, stringify!($field)) {
                                let inner = <$field_type as $crate::graphql::plain::Written>::select(set, given)?;
                                return Some((Number::$field as usize, inner));
                            }
                        )*
                        None
                    })
                }

                fn write(
                    &self,
                    selected: &[$crate::graphql::plain::Selected],
                    out: &mut $crate::graphql::JsonText,
                ) -> Option<()> {
                    $crate::graphql::plain::Selected::write_all(selected, out, |number, one, out| {
                        $(
                            if number == Number::$field as usize {
                                return $crate::graphql::plain::Written::write(&self.$field, one.inner(), out);
                            }
                        )*
                        None
                    })
                }
            }
        };
    };
}

/// A union or an interface, as an enum with a variant for each of its types, of the same name.
macro_rules! plain_union {
    ($type:ident { $($member:ident),* $(,)? }) => {
        impl $crate::graphql::plain::Written for $type {
            fn select(
                set: &async_graphql::parser::types::SelectionSet,
                given: &$crate::graphql::plain::Given<'_>,
            ) -> Option<Vec<$crate::graphql::plain::Selected>> {
                let mut of_types = Vec::new();
                $(
                    let own = $crate::graphql::plain::of_type(set, stringify!($member));
                    let inner = <$member as $crate::graphql::plain::Written>::select(&own, given)?;
                    of_types.push($crate::graphql::plain::Selected::of_type(inner));
                )*
                Some(of_types)
            }

            fn write(&self, selected: &[$crate::graphql::plain::Selected], out: &mut $crate::graphql::JsonText) -> Option<()> {
                let mut of_types = selected.iter();
                $(
                    let own = of_types.next()?;
                    if let Self::$member(member) = self {
                        return $crate::graphql::plain::Written::write(member, own.inner(), out);
                    }
                )*
                None
            }
        }
    };
}

pub(crate) use {plain_fields, plain_object, plain_union};
