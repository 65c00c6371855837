package provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** Users, the client {@code warung}, and who may do what: a public client with proof keys, and a form to sign in with. */
@Configuration
public class Provider {
    @Bean
    @Order(1)
    SecurityFilterChain protocol(HttpSecurity http, RegisteredClientRepository clients, Wishes wishes, JWKSource<SecurityContext> keys)
            throws Exception {
        PublicClients publicClients = new PublicClients(clients, wishes);
        JwtGenerator jwts = new JwtGenerator(new NimbusJwtEncoder(keys));
        jwts.setJwtCustomizer(context -> customize(context, wishes));
        OAuth2AuthorizationServerConfigurer server = OAuth2AuthorizationServerConfigurer.authorizationServer();
        http.securityMatcher(server.getEndpointsMatcher())
                .with(server, its -> its.oidc(Customizer.withDefaults())
                        .tokenGenerator(new DelegatingOAuth2TokenGenerator(jwts, publicClients))
                        .clientAuthentication(client -> client.authenticationConverter(publicClients)
                                .authenticationProvider(publicClients)))
                .authorizeHttpRequests(any -> any.anyRequest().authenticated())
                .cors(cors -> cors.configurationSource(cors(wishes)))
                .exceptionHandling(strangers ->
                        strangers.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")));
        return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain form(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(any -> any.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults())
                .build();
    }

    private static CorsConfigurationSource cors(Wishes wishes) {
        return request -> {
            CorsConfiguration cors = new CorsConfiguration();
            cors.setAllowedOrigins(List.of(wishes.origin()));
            cors.setAllowedMethods(List.of("GET", "POST"));
            cors.setAllowedHeaders(List.of("*"));
            return cors;
        };
    }

    private static void customize(JwtEncodingContext context, Wishes wishes) {
        String user = context.getPrincipal().getName();
        Instant now = Instant.now();
        context.getClaims()
                .issuedAt(now)
                .expiresAt(now.plus(wishes.life()))
                .claim("preferred_username", user)
                .claim("name", user.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + user.substring(1))
                .claim("roles", AuthorityUtils.authorityListToSet(context.getPrincipal().getAuthorities()));
    }

    @Bean
    RegisteredClientRepository clients(Wishes wishes) {
        return new RegisteredClientRepository() {
            @Override
            public void save(RegisteredClient client) {
                throw new UnsupportedOperationException();
            }

            @Override
            public RegisteredClient findById(String id) {
                return findByClientId(id);
            }

            @Override
            public RegisteredClient findByClientId(String id) {
                return id.equals("warung") ? client(wishes) : null;
            }
        };
    }

    private static RegisteredClient client(Wishes wishes) {
        return RegisteredClient.withId("warung")
                .clientId("warung")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUri(wishes.address())
                .postLogoutRedirectUri(wishes.address())
                .scope(OidcScopes.OPENID)
                .scope(OidcScopes.PROFILE)
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(wishes.life())
                        .reuseRefreshTokens(false)
                        .build())
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ana").password("{noop}ana").authorities("member").build(),
                User.withUsername("budi").password("{noop}budi").authorities("moderator").build());
    }

    @Bean
    JWKSource<SecurityContext> keys() throws JOSEException {
        return new ImmutableJWKSet<>(new JWKSet(new RSAKeyGenerator(2048).keyID("test").generate()));
    }
}
