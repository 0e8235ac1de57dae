/** A field that finds as one types: a combobox after the ARIA Authoring Practices, whose behaviour is Zag's. What is picked leaves the field empty. */
import * as combobox from "@zag-js/combobox";
import { normalizeProps, useMachine } from "@zag-js/preact";
import type { ComponentChildren, JSX } from "preact";
import { useId, useMemo } from "preact/hooks";
import { Search } from "lucide";
import { Icon } from "./icon";
import styles from "./search-box.module.css";

export interface Found {
  value: string;
  label: string;
  /** Said smaller, beside the label. */
  detail?: string;
}

interface SearchBoxProps<T extends Found> {
  label: ComponentChildren;
  /** Whether the label is for those who hear the page alone. */
  isLabelHidden?: boolean;
  placeholder?: string;
  found: T[];
  /** What is said where nothing was found; nothing while it is still being looked for. */
  nothing?: string | undefined;
  onSearch: (text: string) => void;
  onPick: (item: T) => void;
}

const { actions, ...implementations } = combobox.machine.implementations ?? {};

/**
 * Zag writes the text of its state into the field, a frame after it has changed: over the letters that were typed in that frame. What comes from the
 * field need not go back there.
 */
const machine: combobox.Machine = {
  ...combobox.machine,
  implementations: {
    ...implementations,
    actions: {
      ...actions,
      syncInputValue: (params) => {
        if (params.event.current().type !== "INPUT.CHANGE") actions?.syncInputValue?.(params);
      },
    },
  },
};

export function SearchBox<T extends Found>({ label, isLabelHidden, placeholder, found, nothing, onSearch, onPick }: SearchBoxProps<T>) {
  const collection = useMemo(() => combobox.collection({ items: found, itemToValue: (item) => item.value, itemToString: (item) => item.label }), [found]);
  const service = useMachine(machine as combobox.Machine<T>, {
    id: useId(),
    collection,
    placeholder: placeholder ?? "",
    selectionBehavior: "clear",
    inputBehavior: "autohighlight",
    openOnClick: false,
    loopFocus: true,
    value: [],
    positioning: { sameWidth: true, placement: "bottom-start" },
    onInputValueChange: ({ inputValue }) => onSearch(inputValue),
    onValueChange: ({ items }) => {
      const [item] = items;
      if (item) onPick(item);
    },
  });
  const api = combobox.connect(service, normalizeProps);
  const input = api.getInputProps() as JSX.IntrinsicElements["input"];
  const onKeyDown: typeof input.onKeyDown = (event) => {
    // Where nothing is found yet, Enter would empty the field.
    if (event.key === "Enter" && api.highlightedValue === null) event.preventDefault();
    else input.onKeyDown?.(event);
  };
  const isTold = api.open && (found.length > 0 || (nothing !== undefined && api.inputValue.trim() !== ""));
  return (
    <div {...api.getRootProps()} class={styles["box"]}>
      <label {...api.getLabelProps()} class={isLabelHidden ? "hidden-text" : styles["label"]}>
        {label}
      </label>
      <div {...api.getControlProps()} class={styles["control"]}>
        <Icon of={Search} />
        {/* oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- Zag has the others */}
        <input {...input} onKeyDown={onKeyDown} type="text" role="combobox" />
      </div>
      <div {...api.getPositionerProps()}>
        <div {...api.getContentProps()} class={styles["list"]} hidden={!isTold}>
          {found.map((item) => (
            <div key={item.value} {...api.getItemProps({ item })} class={styles["item"]}>
              <span>{item.label}</span>
              {item.detail && <span class={styles["detail"]}>{item.detail}</span>}
            </div>
          ))}
          {found.length === 0 && nothing && (
            // A list box has options alone.
            // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
            <div role="option" aria-disabled="true" aria-selected="false" class={styles["nothing"]}>
              {nothing}
            </div>
          )}
        </div>
      </div>
    </div>
  );
}
