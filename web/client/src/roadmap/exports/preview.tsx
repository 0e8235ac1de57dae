/** A drawing as a picture: an image can't run anything, whatever is in it. */
import { useEffect, useState } from "preact/hooks";
import styles from "../exports.module.css";

export function Preview({ svg }: { svg: string }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  if (address === undefined) return null;
  return (
    <a href={address} target="_blank" class={styles["preview"]} title="Open in another tab">
      <img src={address} alt="The roadmap as a drawing; opens in another tab" />
    </a>
  );
}
