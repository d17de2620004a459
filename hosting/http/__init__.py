"""HTTP that all routes share: problem documents, limits of connections and bodies, byte ranges, raw transports."""
