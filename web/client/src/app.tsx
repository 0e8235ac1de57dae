/** The whole client on one page: what each address shows. `src/http/pages.rs` knows the same addresses. */
import { ErrorBoundary, LocationProvider, Route, Router, lazy } from "preact-iso";
import { Provider } from "@urql/preact";
import { client } from "./api/client";
import { ConnectionBar } from "./shell/connection-bar";
import { Header } from "./shell/header";
import { Toasts } from "./shell/toasts";
import { useSender } from "./shell/viewer";
import PlanPage from "./plan/plan-page";
import styles from "./app.module.css";

const ComparePage = lazy(() => import("./compare/compare-page"));
const TopicsPage = lazy(() => import("./catalog/topics-page"));
const TopicPage = lazy(() => import("./catalog/topic-page"));
const ResourcesPage = lazy(() => import("./catalog/resources-page"));
const ResourcePage = lazy(() => import("./catalog/resource-page"));
const RolesPage = lazy(() => import("./catalog/roles-page"));
const RolePage = lazy(() => import("./catalog/role-page"));
const MyPage = lazy(() => import("./follow/my-page"));
const SavedPage = lazy(() => import("./follow/saved-page"));
const SharedPage = lazy(() => import("./follow/shared-page"));
const SignInPage = lazy(() => import("./account/sign-in-page"));
const AccountPage = lazy(() => import("./account/account-page"));
const CuratePage = lazy(() => import("./curate/curate-page"));
const NotFound = lazy(() => import("./shell/not-found"));

function Sender() {
  useSender();
  return null;
}

/** All addresses but those of the server itself, which the browser goes to. */
const PAGES = /^(?!\/(graphi?ql|calendar)\b)/;

export function App() {
  return (
    <Provider value={client}>
      <LocationProvider scope={PAGES}>
        <Sender />
        <Header />
        <ConnectionBar />
        <main id="main" tabIndex={-1} class={styles["main"]}>
          <ErrorBoundary>
            <Router>
              <Route path="/" component={PlanPage} />
              <Route path="/plan" component={PlanPage} />
              <Route path="/compare" component={ComparePage} />
              <Route path="/topics" component={TopicsPage} />
              <Route path="/topics/:slug" component={TopicPage} />
              <Route path="/resources" component={ResourcesPage} />
              <Route path="/resources/:slug" component={ResourcePage} />
              <Route path="/roles" component={RolesPage} />
              <Route path="/roles/:slug" component={RolePage} />
              <Route path="/my" component={MyPage} />
              <Route path="/my/:id" component={SavedPage} />
              <Route path="/shared/:secret" component={SharedPage} />
              <Route path="/sign-in" component={SignInPage} />
              <Route path="/account" component={AccountPage} />
              <Route path="/curate/:part?/:slug?" component={CuratePage} />
              <Route default component={NotFound} />
            </Router>
          </ErrorBoundary>
        </main>
        <footer class={styles["footer"]}>
          <p>
            Computed and proven, not drawn. <a href="/graphiql">Ask the API yourself</a>.
          </p>
        </footer>
        <Toasts />
      </LocationProvider>
    </Provider>
  );
}
