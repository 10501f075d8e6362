# One image for setup, ingest, jobs and dashboard; the command chooses. ClickHouse and Redis are others'.
FROM node:24-bookworm-slim AS build
WORKDIR /guanlan
COPY . .
RUN npm ci --ignore-scripts --omit=optional --prefix start/toolchain \
  && node start/toolchain/node_modules/pnpm/bin/pnpm.mjs install --frozen-lockfile \
  && NODE_ENV=production node start/build-dashboard.ts \
  && rm -rf node_modules */node_modules \
  && node start/toolchain/node_modules/pnpm/bin/pnpm.mjs install --frozen-lockfile --prod --offline \
  && rm -rf start/toolchain/node_modules

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0
RUN mkdir /data && chown node:node /data
WORKDIR /guanlan
COPY --from=build /guanlan .
USER node
CMD ["node", "ingest/serve.ts"]
