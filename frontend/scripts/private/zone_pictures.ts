// Which drawing shows the zone of a rule: app/answer_pages/zone_pictures.py, whose tables these are.
import { table } from "./json_table";

type Sketch = [vehicle: string, mark: string, marking: string];

export interface Pictures {
  distances: string[]; // kinds of distances, in the order of the keys below
  by_relation: Record<string, Record<string, Sketch>>; // mode → relation
  by_distance: Record<string, Record<string, Sketch>>; // mode → distances of the rule, for neighbours
  vehicle_words: Record<string, string>;
  place_words: Record<string, string>;
  marking_words: Record<string, string>;
}

/** Returns the drawing for a trip; distances: what the rule says of how far its zones reach. */
export function zonePicture(
  trip: { mode: string; relation: string },
  distances: unknown,
  pictures: Pictures,
) {
  const usual = pictures.by_relation[trip.mode]![trip.relation]!;
  const ofMode = table(table(distances)[trip.mode]);
  const key = pictures.distances.map((kind) => (kind in ofMode ? String(ofMode[kind]) : "")).join(",");
  const near = pictures.by_distance[trip.mode]![key];
  const [vehicle, mark, marking] = (trip.relation === "neighbouring" && near) || usual;
  return {
    vehicle,
    mark,
    vehicle_words: pictures.vehicle_words[vehicle] || "",
    place_words: pictures.place_words[marking] || "",
    marking_words: pictures.marking_words[marking] || "",
    is_drawn: vehicle !== "",
  };
}
