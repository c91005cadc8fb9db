import { ActionBar, Button } from '../../kit/index.ts';
import { Screen } from '../screen.tsx';

/** A screen that only says something, and where to go from here. */
export function Message(props: {
  id: string;
  heading: string;
  text: string;
  actionLabel: string;
  onAction: () => void;
}) {
  return (
    <Screen
      id={props.id}
      heading={props.heading}
      lead={props.text}
      actions={
        <ActionBar
          primary={
            <Button variant="primary" onPress={props.onAction}>
              {props.actionLabel}
            </Button>
          }
        />
      }
    />
  );
}
