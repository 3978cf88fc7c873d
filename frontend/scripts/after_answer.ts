// Loaded by the page of an answer from the service, which is whole without it.
import { offerAfterAnswer } from "./parts/after_answer";

offerAfterAnswer(document);
