import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

import com.sun.net.httpserver.HttpServer;

import javax.activation.DataHandler;
import javax.activation.DataSource;
import javax.jws.WebMethod;
import javax.jws.WebParam;
import javax.jws.WebResult;
import javax.jws.WebService;
import javax.jws.soap.SOAPBinding.ParameterStyle;
import javax.jws.soap.SOAPBinding.Style;
import javax.xml.bind.annotation.XmlAccessType;
import javax.xml.bind.annotation.XmlAccessorType;
import javax.xml.bind.annotation.XmlAttachmentRef;
import javax.xml.bind.annotation.XmlAttribute;
import javax.xml.bind.annotation.XmlElement;
import javax.xml.bind.annotation.XmlInlineBinaryData;
import javax.xml.bind.annotation.XmlMimeType;
import javax.xml.bind.annotation.XmlRootElement;
import javax.xml.bind.annotation.XmlType;
import javax.xml.namespace.QName;
import javax.xml.transform.stream.StreamSource;
import javax.xml.ws.BindingType;
import javax.xml.ws.Endpoint;
import javax.xml.ws.Holder;
import javax.xml.ws.RequestWrapper;
import javax.xml.ws.ResponseWrapper;
import javax.xml.ws.Service;
import javax.xml.ws.WebFault;
import javax.xml.ws.soap.Addressing;
import javax.xml.ws.soap.MTOM;
import javax.xml.ws.soap.MTOMFeature;
import javax.xml.ws.soap.SOAPBinding;

/**
 * JAX-WS as it comes (Metro, the reference implementation): services with binary content, and a client of them.
 *
 * Started with the path of tests/golden/attachments/input.wsdl. It prints the address of its services, then takes a line
 * "vault URL", "files11 URL", "files12 URL" or "pictures URL" at a time, calls that address as a client, and prints what came
 * of it in one line. It ends with its standard input.
 */
public class JaxWsPeer {
    /** Binary content in all the ways that JAXB knows. */
    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "Parcel", namespace = "urn:vault",
        propOrder = {"name", "content", "page", "spare", "inline", "picture", "reference"})
    public static class Parcel {
        @XmlElement(name = "Имя", required = true) public String name;
        @XmlElement(name = "Содержимое", required = true) public byte[] content;
        public List<byte[]> page = new ArrayList<>();
        public byte[] spare;
        @XmlInlineBinaryData public byte[] inline;
        @XmlMimeType("image/png") public DataHandler picture;
        @XmlAttachmentRef public DataHandler reference;
        @XmlAttribute public byte[] thumb;
    }

    // The wrappers that JAX-WS would make at run time, with a library that Debian leaves out.

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(name = "keep", namespace = "urn:vault")
    @XmlType(name = "keep", namespace = "urn:vault")
    public static class Keep {
        @XmlElement(required = true) public Parcel parcel;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(name = "keepResponse", namespace = "urn:vault")
    @XmlType(name = "keepResponse", namespace = "urn:vault", propOrder = {"kept", "digests"})
    public static class KeepResponse {
        @XmlElement(required = true) public Parcel kept;
        @XmlElement(required = true) public String digests;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(name = "halves", namespace = "urn:vault")
    @XmlType(name = "halves", namespace = "urn:vault")
    public static class Halves {
        @XmlElement(required = true) public byte[] whole;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(name = "halvesResponse", namespace = "urn:vault")
    @XmlType(name = "halvesResponse", namespace = "urn:vault")
    public static class HalvesResponse {
        public List<byte[]> half = new ArrayList<>();
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlRootElement(name = "TooShort", namespace = "urn:vault")
    @XmlType(name = "TooShort", namespace = "urn:vault", propOrder = {"least", "given"})
    public static class TooShort {
        public int least = 2;
        @XmlElement(required = true) public byte[] given;
    }

    @WebFault(name = "TooShort", targetNamespace = "urn:vault")
    public static class TooShortException extends Exception {
        private static final long serialVersionUID = 1;
        private final TooShort info;

        public TooShortException(String message, TooShort info) {
            super(message);
            this.info = info;
        }

        public TooShort getFaultInfo() {
            return info;
        }
    }

    /** The service whose WSDL is written by JAX-WS. */
    @WebService(name = "Vault", targetNamespace = "urn:vault")
    public interface Vault {
        /** Gives back what it was given, and the digests of its content as it arrived. */
        @WebMethod(action = "urn:vault/keep")
        @RequestWrapper(localName = "keep", targetNamespace = "urn:vault", className = "JaxWsPeer$Keep")
        @ResponseWrapper(localName = "keepResponse", targetNamespace = "urn:vault", className = "JaxWsPeer$KeepResponse")
        void keep(@WebParam(name = "parcel") Parcel parcel,
            @WebParam(name = "kept", mode = WebParam.Mode.OUT) Holder<Parcel> kept,
            @WebParam(name = "digests", mode = WebParam.Mode.OUT) Holder<String> digests);

        /** A list of binary content. */
        @WebMethod(action = "urn:vault/halves")
        @WebResult(name = "half")
        @RequestWrapper(localName = "halves", targetNamespace = "urn:vault", className = "JaxWsPeer$Halves")
        @ResponseWrapper(localName = "halvesResponse", targetNamespace = "urn:vault", className = "JaxWsPeer$HalvesResponse")
        List<byte[]> halves(@WebParam(name = "whole") byte[] whole) throws TooShortException;
    }

    @WebService(endpointInterface = "JaxWsPeer$Vault", serviceName = "VaultService", portName = "VaultPort",
        targetNamespace = "urn:vault")
    @MTOM(threshold = 1000)
    @Addressing(required = true)
    public static class VaultService implements Vault {
        @Override
        public void keep(Parcel parcel, Holder<Parcel> kept, Holder<String> digests) {
            List<String> seen = new ArrayList<>();
            seen.add(digest(parcel.content));
            parcel.page.forEach(page -> seen.add(digest(page)));
            seen.add(digest(parcel.spare));
            seen.add(digest(parcel.inline));
            seen.add(digest(parcel.picture));
            seen.add(digest(parcel.reference));
            seen.add(digest(parcel.thumb));
            kept.value = parcel;
            digests.value = String.join(" ", seen);
        }

        @Override
        public List<byte[]> halves(byte[] whole) throws TooShortException {
            if (whole.length < 2) {
                TooShort info = new TooShort();
                info.given = octets(5_000, whole.length);
                throw new TooShortException("Too short: " + whole.length, info);
            }
            int middle = whole.length / 2;
            return List.of(Arrays.copyOf(whole, middle), Arrays.copyOfRange(whole, middle, whole.length));
        }
    }

    // The services of tests/golden/attachments.

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "File", namespace = "urn:files", propOrder = {"name", "content", "page"})
    public static class Stored {
        @XmlElement(name = "Name", namespace = "urn:files", required = true) public String name;
        @XmlElement(name = "Content", namespace = "urn:files", required = true) public byte[] content;
        @XmlElement(name = "Page", namespace = "urn:files") public List<byte[]> page = new ArrayList<>();
        @XmlAttribute(name = "Thumb") public byte[] thumb;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "", namespace = "urn:files")
    public static class StoreResponse {
        @XmlElement(name = "Copy", namespace = "urn:files", required = true) public Stored copy;
    }

    @WebService(name = "Files", targetNamespace = "urn:files")
    @javax.jws.soap.SOAPBinding(parameterStyle = ParameterStyle.BARE)
    public interface Files {
        @WebMethod(operationName = "Store", action = "urn:files/Store")
        @WebResult(name = "StoreResponse", targetNamespace = "urn:files", partName = "parameters")
        StoreResponse store(
            @WebParam(name = "Store", targetNamespace = "urn:files", partName = "parameters") Stored file);
    }

    private static StoreResponse stored(Stored file) {
        StoreResponse response = new StoreResponse();
        response.copy = file;
        return response;
    }

    @WebService(endpointInterface = "JaxWsPeer$Files", serviceName = "Archive", portName = "Files11",
        targetNamespace = "urn:files")
    @MTOM
    public static class Files11 implements Files {
        @Override
        public StoreResponse store(Stored file) {
            return stored(file);
        }
    }

    @WebService(endpointInterface = "JaxWsPeer$Files", serviceName = "Archive", portName = "Files12",
        targetNamespace = "urn:files")
    @BindingType(SOAPBinding.SOAP12HTTP_BINDING)
    @MTOM
    public static class Files12 implements Files {
        @Override
        public StoreResponse store(Stored file) {
            return stored(file);
        }
    }

    @WebService(name = "Pictures", targetNamespace = "urn:files")
    @javax.jws.soap.SOAPBinding(parameterStyle = ParameterStyle.BARE)
    public interface Pictures {
        @WebMethod(operationName = "Publish", action = "")
        void publish(
            @WebParam(name = "Title", targetNamespace = "urn:files", partName = "title", mode = WebParam.Mode.INOUT)
                Holder<String> title,
            @WebParam(name = "photo", targetNamespace = "", partName = "photo", mode = WebParam.Mode.INOUT)
                Holder<DataHandler> photo,
            @WebParam(name = "note", targetNamespace = "", partName = "note", mode = WebParam.Mode.INOUT)
                Holder<String> note);
    }

    @WebService(endpointInterface = "JaxWsPeer$Pictures", serviceName = "Archive", portName = "Pictures",
        targetNamespace = "urn:files")
    public static class PicturesService implements Pictures {
        @Override
        public void publish(Holder<String> title, Holder<DataHandler> photo, Holder<String> note) {
            title.value = title.value + " " + photo.value.getContentType() + " " + digest(photo.value);
            photo.value = handler("image/jpeg", octets(photo.value));
        }
    }

    @WebService(name = "Scanner", targetNamespace = "urn:files")
    @javax.jws.soap.SOAPBinding(style = Style.RPC)
    public interface Scanner {
        @WebMethod(operationName = "Scan", action = "urn:files/Scan")
        void scan(@WebParam(name = "depth", partName = "depth") int depth,
            @WebParam(name = "image", partName = "image", mode = WebParam.Mode.INOUT) Holder<DataHandler> image,
            @WebParam(name = "text", partName = "text", mode = WebParam.Mode.OUT) Holder<String> text);
    }

    @WebService(endpointInterface = "JaxWsPeer$Scanner", serviceName = "Archive", portName = "Scanner",
        targetNamespace = "urn:files")
    public static class ScannerService implements Scanner {
        @Override
        public void scan(int depth, Holder<DataHandler> image, Holder<String> text) {
            text.value = depth + " " + image.value.getContentType() + " " + digest(image.value);
            image.value = handler("image/tiff", octets(image.value));
        }
    }

    /** Octets that look like nothing in particular: no line, no text, no boundary. */
    static byte[] octets(int length, int seed) {
        byte[] octets = new byte[length];
        int state = seed;
        for (int i = 0; i < length; i++) {
            state = state * 1103515245 + 12345;
            octets[i] = (byte) (state >>> 16);
        }
        return octets;
    }

    static byte[] octets(DataHandler handler) {
        try (InputStream stream = handler.getInputStream()) {
            return stream.readAllBytes();
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }

    static DataHandler handler(String type, byte[] octets) {
        return new DataHandler(new DataSource() {
            @Override
            public InputStream getInputStream() {
                return new java.io.ByteArrayInputStream(octets);
            }

            @Override
            public OutputStream getOutputStream() {
                throw new UnsupportedOperationException();
            }

            @Override
            public String getContentType() {
                return type;
            }

            @Override
            public String getName() {
                return "";
            }
        });
    }

    /** "LENGTH:MD5", or a dash. */
    static String digest(byte[] octets) {
        if (octets == null) {
            return "-";
        }
        try {
            StringBuilder text = new StringBuilder(octets.length + ":");
            for (byte octet : MessageDigest.getInstance("MD5").digest(octets)) {
                text.append(String.format("%02x", octet));
            }
            return text.toString();
        } catch (java.security.NoSuchAlgorithmException error) {
            throw new IllegalStateException(error);
        }
    }

    static String digest(DataHandler handler) {
        return handler == null ? "-" : digest(octets(handler));
    }

    /** The call of tests/tests/interop/jaxws.rs, as a client of this side makes it. */
    private static String call(String what, String url, File wsdl) throws Exception {
        Service archive = Service.create(wsdl.toURI().toURL(), new QName("urn:files", "Archive"));
        switch (what) {
            case "vault": {
                QName port = new QName("urn:vault", "VaultPort");
                Service service = Service.create(new URL(url + "?wsdl"), new QName("urn:vault", "VaultService"));
                Parcel parcel = new Parcel();
                parcel.name = "посылка & <1>";
                parcel.content = octets(70_000, 1);
                parcel.page = List.of(octets(2_000, 2), octets(10, 3), octets(3_001, 4));
                parcel.inline = octets(1_500, 5);
                parcel.picture = handler("image/png", octets(5_000, 6));
                parcel.reference = handler("text/plain", "по ссылке".getBytes(StandardCharsets.UTF_8));
                parcel.thumb = octets(1_200, 7);
                Holder<String> digests = new Holder<>();
                Vault vault = service.getPort(port, Vault.class, new MTOMFeature(1000));
                at(vault, url);
                vault.keep(parcel, new Holder<>(), digests);
                return digests.value;
            }
            case "files11":
            case "files12": {
                Files files = archive.getPort(
                    new QName("urn:files", "Files" + what.substring(5)), Files.class, new MTOMFeature(1000));
                at(files, url);
                Stored file = new Stored();
                file.name = "a & b";
                file.content = octets(70_000, 1);
                file.page = List.of(octets(10, 2), octets(2_000, 3));
                file.thumb = octets(1_200, 4);
                Stored copy = files.store(file).copy;
                return digest(copy.content) + " " + digest(copy.page.get(1));
            }
            default: {
                Pictures pictures = archive.getPort(new QName("urn:files", "Pictures"), Pictures.class);
                at(pictures, url);
                Holder<String> title = new Holder<>("море");
                Holder<DataHandler> photo = new Holder<>(handler("image/jpeg", octets(5_000, 1)));
                Holder<String> note = new Holder<>("синее & <blue>");
                pictures.publish(title, photo, note);
                return digest(photo.value) + " " + note.value;
            }
        }
    }

    private static void at(Object port, String url) {
        Map<String, Object> context = ((javax.xml.ws.BindingProvider) port).getRequestContext();
        context.put(javax.xml.ws.BindingProvider.ENDPOINT_ADDRESS_PROPERTY, url);
    }

    private static void publish(HttpServer server, String path, Object service, File wsdl) {
        Endpoint endpoint = Endpoint.create(service);
        if (wsdl != null) {
            endpoint.setMetadata(List.of(new StreamSource(wsdl)));
        }
        endpoint.publish(server.createContext(path));
    }

    public static void main(String[] arguments) throws Exception {
        // Debian leaves out what Metro watches itself with; it says so at length.
        Logger.getLogger("").setLevel(Level.SEVERE);
        // A source file that is run has its classes where nobody looks for those that annotations name.
        Thread.currentThread().setContextClassLoader(JaxWsPeer.class.getClassLoader());
        File wsdl = new File(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        publish(server, "/vault", new VaultService(), null);
        publish(server, "/files11", new Files11(), wsdl);
        publish(server, "/files12", new Files12(), wsdl);
        publish(server, "/pictures", new PicturesService(), wsdl);
        publish(server, "/scanner", new ScannerService(), wsdl);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            String outcome;
            try {
                outcome = "ok " + call(words[0], words[1], wsdl);
            } catch (Exception error) {
                outcome = "error " + error;
            }
            System.out.write((outcome.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
        System.exit(0);
    }
}
