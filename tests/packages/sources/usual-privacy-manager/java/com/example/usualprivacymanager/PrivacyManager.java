package com.example.usualprivacymanager;

import com.tencent.mmkv.MMKV;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

public final class PrivacyManager {
    private static volatile PrivacyManager instance;
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private Boolean agreed;

    private PrivacyManager() { }

    public static PrivacyManager getInstance() {
        if (instance == null) {
            synchronized (PrivacyManager.class) {
                if (instance == null) {
                    instance = new PrivacyManager();
                }
            }
        }
        return instance;
    }

    public boolean isAgreePrivacy() {
        if (agreed == null) {
            agreed = MMKV.defaultMMKV().decodeBool("privacy_agree", false);
        }
        return agreed;
    }

    public void runWhenAgreed(Runnable task) {
        if (isAgreePrivacy()) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    public void agree() {
        agreed = true;
        MMKV.defaultMMKV().encode("privacy_agree", true);
        for (Runnable one : waiting) {
            one.run();
        }
        waiting.clear();
    }
}
