/**
 * The one concurrency primitive: a {@link id.warung.pump.Pump} runs a step by one thread at a time.
 *
 * <pre>
 *            wake                     step says IDLE
 *   IDLE ───────────► RUNNING ───────────────────────────► IDLE
 *                      │   │  ▲      step says PENDING
 *                 wake │   └──┼──────────────────────────► PENDING
 *                      ▼      │ once more                     │ resume
 *               WOKEN, RESUMED                 RUNNING ◄──────┘
 * </pre>
 *
 * Knows the JDK only.
 */
package id.warung.pump;
